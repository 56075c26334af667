using IotAttest.Domain.Certificates;
using IotAttest.Protocol;
using CborWriter = System.Formats.Cbor.CborWriter;

namespace IotAttest.Domain.Corim;

/// <summary>The optional values of a certificate: each absent where it says nothing, so that a certificate without them has one encoding.</summary>
internal static class CertificateExtensions
{
    internal const int Most = 5;

    private const int NewAssessment = 0;
    private const int MinorChange = 1;
    private const int Provisional = 1;

    internal static int CountOf(CertificateEndorsement endorsement) =>
        (endorsement.PatchPolicy == PatchPolicy.None ? 0 : 1) + (endorsement.Supersedes is null ? 0 : 1) + (endorsement.Categories.Count == 0 ? 0 : 1)
        + (endorsement.IsProvisional ? 1 : 0) + (endorsement.SchemeVersion is null ? 0 : 1);

    internal static void Write(CborWriter writer, CertificateEndorsement endorsement)
    {
        WritePatchPolicy(writer, endorsement.PatchPolicy);
        if (endorsement.Supersedes is { } superseded)
        {
            writer.WriteInt32(CorimProfile.MvalSupersedes);
            writer.WriteStartArray(2);
            writer.WriteTextString(superseded.CertificateId);
            writer.WriteInt32(superseded.IsMinorChange ? MinorChange : NewAssessment);
            writer.WriteEndArray();
        }

        WriteCategories(writer, endorsement.Categories);
        if (endorsement.IsProvisional)
        {
            writer.WriteInt32(CorimProfile.MvalProvisional);
            writer.WriteInt32(Provisional);
        }

        if (endorsement.SchemeVersion is { } version)
        {
            CorimWriter.WriteText(writer, CorimProfile.MvalSchemeVersion, version);
        }
    }

    /// <summary>Reads what follows the manifest digest; what an unknown number or an empty list means is left to the rules.</summary>
    internal static CertificateEndorsement Read(CorimCursor cursor, CertificateEndorsement endorsement) => endorsement with
    {
        PatchPolicy = ReadPatchPolicy(cursor),
        Supersedes = ReadSupersedes(cursor),
        Categories = cursor.HasKey(CorimProfile.MvalCategories) ? ReadCategories(cursor) : endorsement.Categories,
        IsProvisional = ReadProvisional(cursor),
        SchemeVersion = cursor.HasKey(CorimProfile.MvalSchemeVersion) ? cursor.Text() : null,
    };

    private static void WritePatchPolicy(CborWriter writer, PatchPolicy policy)
    {
        if (policy == PatchPolicy.None)
        {
            return;
        }

        writer.WriteInt32(CorimProfile.MvalPatchPolicy);
        bool hasDays = policy.Kind == PatchPolicyKind.AssessedProcess;
        writer.WriteStartArray(hasDays ? 2 : 1);
        writer.WriteInt32((int)policy.Kind);
        if (hasDays)
        {
            writer.WriteInt32(policy.Days);
        }

        writer.WriteEndArray();
    }

    private static void WriteCategories(CborWriter writer, IReadOnlyList<string> categories)
    {
        if (categories.Count == 0)
        {
            return;
        }

        writer.WriteInt32(CorimProfile.MvalCategories);
        writer.WriteStartArray(categories.Count);
        foreach (string category in categories)
        {
            writer.WriteTextString(category);
        }

        writer.WriteEndArray();
    }

    private static PatchPolicy ReadPatchPolicy(CorimCursor cursor)
    {
        if (!cursor.HasKey(CorimProfile.MvalPatchPolicy))
        {
            return PatchPolicy.None;
        }

        int count = cursor.Array(1, 2);
        uint kind = cursor.UInt32();
        uint days = count == 2 ? cursor.UInt32() : 0;
        cursor.EndArray();
        if (cursor.Error is null && (kind is not ((uint)PatchPolicyKind.AssessedProcess or (uint)PatchPolicyKind.Open) || days > PatchPolicy.MaxDays))
        {
            cursor.Fail(DecodeStatus.OutOfRange, $"patch policy {kind} with {days} days", $"[1, 1 to {PatchPolicy.MaxDays}] or [2]");
        }

        return cursor.Error is null ? new PatchPolicy((PatchPolicyKind)kind, (int)days) : PatchPolicy.None;
    }

    private static SupersededCertificate? ReadSupersedes(CorimCursor cursor)
    {
        if (!cursor.HasKey(CorimProfile.MvalSupersedes))
        {
            return null;
        }

        cursor.Array(2, 2);
        string id = cursor.Text();
        uint change = cursor.UInt32();
        cursor.EndArray();
        if (cursor.Error is null && change > MinorChange)
        {
            cursor.Fail(DecodeStatus.OutOfRange, $"kind of change {change}", "0 or 1");
        }

        return new SupersededCertificate(id, change == MinorChange);
    }

    private static List<string> ReadCategories(CorimCursor cursor)
    {
        int count = cursor.Array(1, CorimProfile.MaxCategories);
        List<string> categories = [];
        for (int i = 0; i < count && cursor.Error is null; i++)
        {
            categories.Add(cursor.Text());
        }

        cursor.EndArray();
        return categories;
    }

    // Absent says "not provisional": a second way to say it would give one certificate two encodings.
    private static bool ReadProvisional(CorimCursor cursor)
    {
        if (!cursor.HasKey(CorimProfile.MvalProvisional))
        {
            return false;
        }

        uint mark = cursor.UInt32();
        if (cursor.Error is null && mark != Provisional)
        {
            cursor.Fail(DecodeStatus.OutOfRange, $"provisional {mark}", "1, or no such key");
        }

        return true;
    }
}
