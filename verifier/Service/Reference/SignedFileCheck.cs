using System.Security.Cryptography;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Cose;
using IotAttest.Service.Access;
using IotAttest.Service.Organisations;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Reference;

/// <summary>Decides whether a signed CoRIM is what its issuer signed, and whether this caller may submit it.</summary>
internal sealed class SignedFileCheck(OrganisationDirectory organisations)
{
    public const string MediaType = "application/rim+cose";

    private const string SignAgain = "Sign the file with a registered key of the issuer and submit it again.";

    /// <summary>Decodes and verifies; cheap checks first, the signature last.</summary>
    /// <param name="caller">Who submits.</param>
    /// <param name="file">The whole file.</param>
    /// <param name="role">The role the issuer must have.</param>
    /// <returns>The verified file and its issuer.</returns>
    /// <exception cref="ProblemException">400, 401, 403 or 404, with the reason.</exception>
    public (SignedCorim Signed, Organisation Issuer) Verify(Caller caller, ReadOnlyMemory<byte> file, string role)
    {
        if (!SignedCorim.TryDecode(file, out SignedCorim? signed, out CorimError? error))
        {
            throw Malformed(error);
        }

        if (!organisations.TryFind(signed.Issuer, out Organisation? issuer))
        {
            throw UnknownKey($"issuer {signed.Issuer}, which is not registered");
        }

        if (!issuer.Has(role) || !caller.ActsAs(role, issuer.Name))
        {
            throw Refuse.Forbidden($"a file of {issuer.Name} from {caller.Name}", $"the token of {issuer.Name}, which must have the role {role}");
        }

        OrganisationKey key = issuer.FindKey(signed.Kid.ToBytes()) ?? throw UnknownKey($"key {signed.Kid}, which {issuer.Name} has not registered");
        using ECDsa? publicKey = EcdsaP256.TryFromSpki(key.Spki);
        return publicKey is not null && signed.Verify(publicKey)
            ? (signed, issuer)
            : throw new ProblemException(Problem.Of(401, "BadSignature", "The signature does not hold.", $"a signature that does not verify with key {signed.Kid}", "the signature of the issuer over these bytes", SignAgain));
    }

    public static ProblemException Malformed(CorimError error) =>
        Refuse.Malformed($"{error.Path}: {error.Seen} ({error.Status})", error.Expected, "Make the file with: iotattest build manifest, or: iotattest certify issue.");

    private static ProblemException UnknownKey(string seen) =>
        new(Problem.Of(404, "UnknownKey", "Nobody registered this signer.", seen, "a registered key of the issuer", "Register it (POST /v1/organisations/{name}/keys)."));
}
