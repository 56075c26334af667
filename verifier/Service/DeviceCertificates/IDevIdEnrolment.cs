using System.Data.Common;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Devices.Certificates;
using IotAttest.Domain.Evidence;
using IotAttest.Service.Access;
using IotAttest.Service.Devices;
using IotAttest.Service.Freshness;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;

namespace IotAttest.Service.DeviceCertificates;

/// <summary>Enrols a board by its device certificate: from then on it is a board like any other, and its evidence proves that it holds the key.</summary>
internal sealed class IDevIdEnrolment(Database database, Enrolment enrolment, EnrolmentRules rules, RevocationTable revocations, FreshnessSource freshness, TimeProvider clock)
{
    /// <summary>Enrols the board, durably.</summary>
    /// <exception cref="ProblemException">The chain does not hold, the caller may not, or the proof is missing or does not hold.</exception>
    public async Task<EnrolmentOutcome> EnrolAsync(IDevIdRequest request, Caller caller, CancellationToken cancellation)
    {
        (DeviceCa ca, DeviceCertificate device) = Verify(request);
        if (WellKnownKeys.NameOfPublic(device.Spki) is { } name)
        {
            throw Refuse.Unacceptable("WellKnownKey", $"a certificate for a key whose private half everybody knows: {name}", "a key that was drawn at random for this board", "Give the board a key and a certificate of its own.");
        }

        using ECDsa key = EcdsaP256.TryFromSpki(device.Spki)!;
        EnrolledKey enrolled = new(DeviceKeyKind.P256, device.Spki, Kid.OfKey(key));
        DeviceIdentity identity = new(device.Ueid, enrolled.Kid.Value, DeviceKeyKind.P256, device.OemId, device.ClassId, ca.Strength, request.Freshness, ca.Manufacturer);
        EnrolmentRecord record = rules.AdmitVouched(caller, new EnrolmentRecord(identity, Convert.FromHexString(device.Ueid), enrolled, request.Credential, request.Owner));

        // Certificates are public: who is not the maker shows that the board is in its hands.
        if (!caller.ActsAs(Roles.Manufacturer, ca.Manufacturer))
        {
            RequireProof(request, identity, key);
        }

        EnrolmentOutcome[] outcomes = await enrolment.EnrolAsync([PreparedEnrolment.Of((connection, transaction) => Enrol(connection, transaction, caller, record, ca, device))], cancellation);
        return outcomes[0];
    }

    private EnrolmentOutcome Enrol(DbConnection connection, DbTransaction transaction, Caller caller, EnrolmentRecord record, DeviceCa ca, DeviceCertificate device)
    {
        // Here, not before: a list or a removal may have come first.
        if (CheckStanding(connection, transaction, ca, device) is { } refusal)
        {
            return Enrolment.Refused(device.Ueid, refusal.Problem);
        }

        EnrolmentOutcome outcome = enrolment.EnrolOne(connection, transaction, caller, record);
        if (outcome.Refusal is null)
        {
            DeviceCertificateTable.Insert(connection, transaction, device, record.Identity.Kid, ca.Id);
        }

        return outcome;
    }

    private (DeviceCa Ca, DeviceCertificate Device) Verify(IDevIdRequest request)
    {
        IReadOnlyList<DeviceCa> cas = CasOf(request.Organisation);
        CertificateRefusal? first = null;
        foreach (DeviceCa ca in cas)
        {
            using X509Certificate2 root = DeviceChain.TryLoad(ca.Certificate)!;
            CertificateRefusal? refusal = DeviceChain.Verify(request.Chain, root, ca.Rules, clock.GetUtcNow(), out DeviceCertificate? device);
            if (refusal is null)
            {
                return (ca, device!);
            }

            // What a root that holds the chain says tells more than that the others do not.
            first = first is null || first.Code == "ChainNotTrusted" ? refusal : first;
        }

        throw (first ?? new CertificateRefusal("ChainNotTrusted", $"no root in use that \"{request.Organisation}\" registered", "a chain under a root that the manufacturer registered (POST /v1/organisations/{name}/device-cas)")).ToProblem();
    }

    private List<DeviceCa> CasOf(string manufacturer)
    {
        using DbConnection connection = database.Open();
        return [.. DeviceCaTable.Of(connection, null, manufacturer).Where(ca => ca.RemovedAt is null)];
    }

    private ProblemException? CheckStanding(DbConnection connection, DbTransaction transaction, DeviceCa ca, DeviceCertificate device)
    {
        if (DeviceCaTable.Find(connection, transaction, ca.Id) is not { RemovedAt: null })
        {
            return Refuse.Unacceptable("ChainNotTrusted", "a root that was removed", "a root in use", "Register a new root.");
        }

        foreach (IssuedCertificate certificate in device.Issued)
        {
            if (revocations.Find(connection, transaction, ca.Id, certificate.IssuerKey) is not { } list)
            {
                continue;
            }

            if (list.Lists(certificate.Serial))
            {
                return Refuse.Unacceptable("CertificateRevoked", $"certificate {certificate.Serial}, which CRL {list.Number} lists", "certificates that are not revoked", "Ask the manufacturer; a board with a revoked certificate is not enrolled.");
            }

            if (clock.GetUtcNow() > list.NextUpdate)
            {
                return Refuse.Unacceptable("RevocationListExpired", FormattableString.Invariant($"CRL {list.Number}, whose nextUpdate was {list.NextUpdate.UtcDateTime:u}"), "a revocation list in force", "Have the manufacturer upload its newest list (PUT .../crl); boards that are enrolled go on.");
            }
        }

        return null;
    }

    private void RequireProof(IDevIdRequest request, DeviceIdentity identity, ECDsa key)
    {
        if (request.Proof is null)
        {
            throw Refuse.Forbidden("no proof that the board is in your hands", "\"proof\": evidence of the board over a challenge (POST /v1/challenges) for its UEID, or the token of its manufacturer");
        }

        Refusal? refusal = EvidenceCheck.Decode(request.Proof, out EvidenceEnvelope? envelope, out DecodedClaims? claims)
            ?? EvidenceCheck.Verify(envelope!, claims!, identity, new P256DeviceKey(key), freshness.Check, out _);
        if (refusal is not null)
        {
            throw Refuse.Unacceptable("ProofOfPossession", refusal.Seen, refusal.Expected, $"{char.ToUpperInvariant(refusal.Do[0])}{refusal.Do[1..]}.");
        }
    }
}
