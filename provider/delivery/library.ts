import { deliveryFailed } from "./kind";

/**
 * Loads a vendor's library, which is installed by those alone who use it.
 *
 * @throws {ApiKeysError} DELIVERY_FAILED with the command that installs it
 */
export async function loadLibrary<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // The library may be there, and lack one of its own.
    if (!/^(ERR_)?MODULE_NOT_FOUND$/.test(code ?? "") || !message.includes(`'${name}'`)) throw error;
    throw deliveryFailed(`The library ${name} is not installed. Run \`npm install ${name}\`.`);
  }
}
