const { createServer } = require("node:http");

// A stand-in for the transit engine of Vault, which keeps the data keys of the test stacks: with a passphrase, the CLI
// would compute for a tenth of its time to make the key of it again, in each command. It hides nothing: a ciphertext is
// the key itself. Ends together with the process that has started it.
// https://developer.hashicorp.com/vault/api-docs/secret/transit
const mark = "vault:v1:";

const server = createServer(async (request, response) => {
  const chunks = await Array.fromAsync(request);
  const { plaintext, ciphertext = "" } = JSON.parse(Buffer.concat(chunks).toString());
  const data = request.url.startsWith("/v1/transit/encrypt/")
    ? { ciphertext: mark + plaintext }
    : { plaintext: ciphertext.slice(mark.length) };
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ data }));
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
process.stdin.on("end", () => process.exit()).resume();
