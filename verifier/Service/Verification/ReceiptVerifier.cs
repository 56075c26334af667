using System.Data.Common;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Transparency;
using IotAttest.Service.Results;
using IotAttest.Service.Storage;
using IotAttest.Service.Transparency;

namespace IotAttest.Service.Verification;

/// <summary>Checks receipts of this registry's transparency log (RFC 9942): those inside a signed file against the file, a single one against
/// the file of which it speaks.</summary>
internal sealed class ReceiptVerifier(Database database, VerifierKey key)
{
    /// <summary>Whether a receipt holds for a statement.</summary>
    /// <param name="encoded">The receipt.</param>
    /// <param name="statement">The signed file without receipts.</param>
    public FileCheck Check(ReadOnlyMemory<byte> encoded, ReadOnlySpan<byte> statement)
    {
        if (!InclusionReceipt.TryDecode(encoded, out InclusionReceipt? receipt, out _))
        {
            return new FileCheck("receipt", false, "");
        }

        // Another log's receipt is no wrong one: its key is not here.
        return receipt.Kid is { } kid && kid.Equals(Kid.OfKey(key.Signer))
            ? new FileCheck("receipt", receipt.Holds(statement, key.Signer), Words(receipt))
            : new FileCheck("receiptelsewhere", null, receipt.Issuer ?? "");
    }

    /// <returns>Null when it is no receipt.</returns>
    public CheckedFile? TryInspect(ReadOnlyMemory<byte> file, Sha256Digest digest)
    {
        if (!InclusionReceipt.TryDecode(file, out InclusionReceipt? receipt, out _))
        {
            return null;
        }

        (string kind, string id) = Subject(receipt);
        using DbConnection connection = database.Open();
        LogRow? row = kind is TransparencyLog.BuildKind or TransparencyLog.CertificateKind ? LogTable.Find(connection, null, kind, id) : null;
        FileCheck check = row is null ? new FileCheck("known", false, receipt.Subject ?? "") : Check(file, row.Entry);
        bool holds = row is not null && check.Holds == true;
        return new CheckedFile("receipt", digest.ToString(), [new FileCheck("form", true, receipt.Subject ?? ""), check])
        {
            Certificate = holds && kind == TransparencyLog.CertificateKind ? id : null,
            Build = holds && kind == TransparencyLog.BuildKind ? id : null,
            LogEntry = holds ? row!.Sequence : null,
        };
    }

    private static (string Kind, string Id) Subject(InclusionReceipt receipt)
    {
        string[] parts = (receipt.Subject ?? "").Split(' ', 2);
        return parts.Length == 2 ? (parts[0], parts[1]) : ("", "");
    }

    private static string Words(InclusionReceipt receipt) => FormattableString.Invariant($"{receipt.Subject}, {receipt.LeafIndex + 1} / {receipt.TreeSize}");
}
