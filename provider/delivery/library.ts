import { deliveryFailed } from "./kind";

/**
 * A library that only those need who use what needs it, loaded now.
 *
 * @param name of its package
 * @throws {ApiKeysError} DELIVERY_FAILED, with the command that installs it, when it is not there
 */
export async function loadLibrary<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isMissing = code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";
    if (!isMissing || !message.includes(name)) throw error;
    throw deliveryFailed(
      `The package ${name} is needed for this and is not installed. Run \`npm install ${name}\`.`,
    );
  }
}
