import { xentree } from "pulumi-apikeys";

const key = new xentree.ApiKey("dev", {
  permissions: ["conversations:read"],
  expiresIn: "90d",
  deliver: [
    {
      store: "file",
      // Beside this program. Its other lines stay as they are.
      path: ".env",
      fields: { XENTREE_API_KEY: "value", XENTREE_API_KEY_ID: "keyId" },
    },
  ],
  // The file shows what it holds, so the state need not have the value as well.
  valueInState: false,
  // A process that was started with the old value has a day to be started again.
  rotation: { every: "30d", overlap: "1d" },
});

export const fingerprint = key.fingerprint;
export const renewedBy = key.dueAt;
