using System.Security.Cryptography;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Protocol;
using IotAttest.Service.Access;
using IotAttest.Service.Organisations;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Transfers;

/// <summary>What a statement must be before the store looks at its boards.</summary>
internal sealed class TransferRules(OrganisationDirectory organisations, TimeProvider clock)
{
    /// <summary>The longest time for which an offer stands.</summary>
    public static readonly TimeSpan LongestOffer = TimeSpan.FromDays(90);

    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    /// <summary>Decodes and verifies a statement that its own sender brings.</summary>
    /// <exception cref="ProblemException">No statement, another's, a signature that does not hold, or a time that does not fit.</exception>
    public (TransferStatement Statement, Kid Kid) Admit(Caller caller, ReadOnlyMemory<byte> file)
    {
        if (!TransferStatement.TryDecode(file, out CoseMessage? message, out Kid kid, out TransferStatement? statement, out DecodeStatus status))
        {
            throw Refuse.Malformed($"no transfer statement ({status})", $"COSE_Sign1 over a transfer of docs/protocol.cddl, content type {TransferStatement.ContentType}", "Make it with: iotattest device transfer");
        }

        if (!caller.ActsAs(Roles.Manufacturer, statement.From) && !caller.ActsAs(Roles.Integrator, statement.From))
        {
            throw Refuse.Forbidden($"a statement of {statement.From} from {caller.Name}", "the organisation that signed it");
        }

        RequireSignature(statement, message, kid);
        RequireReceiver(statement);
        RequireTimes(statement, clock.GetUtcNow());
        return (statement, kid);
    }

    /// <summary>True while the organisation signs with that key.</summary>
    public bool IsInUse(string organisation, long kid) => organisations.TryFind(organisation, out Organisation? found) && found.FindKey(new Kid((ulong)kid).ToBytes()) is not null;

    private void RequireSignature(TransferStatement statement, CoseMessage message, Kid kid)
    {
        OrganisationKey? key = organisations.TryFind(statement.From, out Organisation? sender) ? sender.FindKey(kid.ToBytes()) : null;
        using ECDsa? loaded = key is null ? null : EcdsaP256.TryFromSpki(key.Spki);
        if (loaded is null)
        {
            throw Refuse.Unacceptable("UnknownSigner", $"key {kid}, which {statement.From} does not sign with", $"a registered key of {statement.From}", "Sign with the organisation's key, or have the operator register it.");
        }

        if (!message.Verify(loaded))
        {
            throw Refuse.Unacceptable("BadSignature", "a signature that does not hold", "ES256 over the statement (RFC 9052 section 4.4)", "Sign it again.");
        }
    }

    private void RequireReceiver(TransferStatement statement)
    {
        bool fits = statement.To != statement.From && organisations.TryFind(statement.To, out Organisation? receiver) && receiver.Has(Roles.Integrator);
        if (!fits)
        {
            throw Refuse.Unacceptable("UnknownOrganisation", "a receiver that is no registered integrator, or the sender itself", "another organisation with the role integrator", "Have the operator register it first.");
        }
    }

    private static void RequireTimes(TransferStatement statement, DateTimeOffset now)
    {
        bool fits = statement.IssuedAt <= now + ClockDifference && statement.ExpiresAt > now && statement.ExpiresAt - statement.IssuedAt <= LongestOffer;
        if (!fits)
        {
            throw Refuse.Unacceptable(
                "OutOfTime",
                FormattableString.Invariant($"a statement of {statement.IssuedAt.UtcDateTime:u} that expires {statement.ExpiresAt.UtcDateTime:u}"),
                FormattableString.Invariant($"one that is issued, not expired, and stands for at most {LongestOffer.TotalDays} days"),
                "Sign a new one.");
        }
    }
}
