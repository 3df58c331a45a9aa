/**
 * The code of the provider in every dynamic key's state. State written by any version runs this text, so the text and the
 * subpath that it names never change. A plugin's key keeps it in its outputs, so that a stack can move to the dynamic host
 * and be destroyed there.
 */
export const providerText = 'exports.handler=()=>require("pulumi-apikeys/provider")';
