// An OpenID provider for one client: signs "ann" of the organisation "acme" in without asking, and says its address.
// Usage: node provider.mjs '{"client_id": ..., "redirect_uris": [...], ...}'
import http from "node:http";
import { Provider } from "oidc-provider";

const client = JSON.parse(process.argv[2]);
const server = http.createServer();

function start(issuer) {
  const provider = new Provider(issuer, {
    clients: [{ response_types: ["code"], grant_types: ["authorization_code"], ...client }],
    scopes: ["openid", "iotattest"],
    claims: { openid: ["sub"], iotattest: ["organisation", "roles"] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, organisation: "acme", roles: ["manufacturer"] }) }),
  });

  async function answer(request, response) {
    const { prompt, session, params } = await provider.interactionDetails(request, response);
    if (prompt.name === "login") {
      return provider.interactionFinished(request, response, { login: { accountId: "ann" } });
    }

    const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
    grant.addOIDCScope(params.scope);
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
  }

  const handle = provider.callback();
  server.on("request", (request, response) => request.url.startsWith("/interaction/")
    ? answer(request, response).catch((error) => response.writeHead(500).end(String(error)))
    : handle(request, response));
}

server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  start(issuer);
  console.log(JSON.stringify({ issuer }));
});

// The test closes our input when it is done, or ends.
process.stdin.on("end", () => process.exit(0)).resume();
