using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Http;
using IotAttest.Cli.Output;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Cose;

namespace IotAttest.Cli.Simulation;

/// <summary>Makes the built-in product known to a verifier: its organisation, its key, its manifest.</summary>
internal static class BuiltInRegistration
{
    private const string Route = "/v1/organisations";

    private static readonly string[] Roles = ["manufacturer"];

    /// <exception cref="CliException">The verifier refuses, or the organisation is somebody else's.</exception>
    public static async Task RegisterAsync(VerifierClient client, BuiltInProduct product, string manifest, CancellationToken cancellation)
    {
        await RegisterOrganisationAsync(client, product, cancellation);
        await client.PostAsync("/v1/builds", InputFile.ReadBytes(manifest, CorimProfile.MaxFileBytes), CorimSubmission.MediaType, cancellation);
    }

    private static async Task RegisterOrganisationAsync(VerifierClient client, BuiltInProduct product, CancellationToken cancellation)
    {
        string pem = product.Key.ExportSubjectPublicKeyInfoPem();
        JsonElement[] known = [.. (await client.GetAsync(Route, cancellation)).GetProperty("organisations").EnumerateArray().Where(organisation => JsonReport.Member(organisation, "name") == product.Organisation)];
        if (known.Length == 0)
        {
            await client.PostAsync(Route, new { name = product.Organisation, roles = Roles, keys = new[] { pem } }, cancellation);
        }
        else if (!HasKey(known[0], Kid.OfKey(product.Key).ToString()))
        {
            await AddKeyAsync(client, product.Organisation, pem, cancellation);
        }
    }

    // A throw-away key is for the organisation that exists for simulations, never for a manufacturer that has its own.
    private static async Task AddKeyAsync(VerifierClient client, string organisation, string pem, CancellationToken cancellation)
    {
        if (organisation != BuiltInProduct.DefaultOrganisation)
        {
            throw CliException.DoesNotHold(
                $"an organisation {organisation} with keys of its own", "a new name, or the --data folder of the run that registered it",
                "leave --organisation out; for a product of yours pass --board, --image and --enrol");
        }

        await client.PostAsync($"{Route}/{organisation}/keys", new { key = pem }, cancellation);
    }

    private static bool HasKey(JsonElement organisation, string kid) =>
        organisation.TryGetProperty("keys", out JsonElement keys) && keys.EnumerateArray().Any(key => JsonReport.Member(key, "kid") == kid);
}
