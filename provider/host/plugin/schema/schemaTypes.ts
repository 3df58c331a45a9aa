/**
 * The parts of a package schema that are used here.
 *
 * @see https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/
 */
export interface TypeSchema {
  readonly type?: "string" | "integer" | "number" | "boolean" | "array" | "object";
  readonly $ref?: string;
  readonly items?: TypeSchema;
  readonly additionalProperties?: TypeSchema;
}

export interface PropertySchema extends TypeSchema {
  readonly description: string;
  readonly secret?: boolean;
  readonly replaceOnChanges?: boolean;
  readonly willReplaceOnChanges?: boolean;
  readonly default?: unknown;
}

export type Properties = Readonly<Record<string, PropertySchema>>;

export interface ObjectSchema {
  readonly type: "object";
  readonly description: string;
  readonly properties: Properties;
  readonly required?: readonly string[];
}

export interface EnumSchema {
  readonly type: "string";
  readonly description: string;
  readonly enum: readonly { readonly name?: string; readonly value: string }[];
}

export interface ResourceSchema {
  readonly description: string;
  readonly inputProperties: Properties;
  readonly requiredInputs: readonly string[];
  readonly properties: Properties;
  readonly required: readonly string[];
  readonly aliases: readonly { readonly type: string }[];
}

export interface FunctionSchema {
  readonly description: string;
  readonly inputs: ObjectSchema;
  readonly outputs: ObjectSchema;
}

export const text: TypeSchema = { type: "string" };
export const flag: TypeSchema = { type: "boolean" };
export const texts: TypeSchema = { type: "array", items: text };
export const anything: TypeSchema = { $ref: "pulumi.json#/Any" };
export const mapOf = (items: TypeSchema): TypeSchema => ({ type: "object", additionalProperties: items });
