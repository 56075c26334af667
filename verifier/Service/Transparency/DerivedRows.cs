using System.Data.Common;
using Dapper;
using IotAttest.Domain.Certificates;
using IotAttest.Domain.Corim;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Builds;
using IotAttest.Service.Certificates;

namespace IotAttest.Service.Transparency;

/// <summary>Compares the columns that appraisal reads with the signed file and the decisions they were taken from: who changes the column and leaves
/// the file alone is found too.</summary>
internal static class DerivedRows
{
    private const string BuildColumns = "manufacturer, lower(hex(class)) AS Class, version, security_version AS SecurityVersion, set_hash AS SetHash, superseded_by AS SupersededBy, retired_at AS RetiredAt";

    private const string CertificateColumns = "scheme, level, body, lower(hex(manifest_sha256)) AS Manifest, valid_until AS ValidUntil, patch_policy AS PatchPolicy, status, counts_until AS CountsUntil";

    /// <summary>What the columns of a build say otherwise than its manifest and its events; null when they agree.</summary>
    public static string? OfBuild(DbConnection connection, string id, ReadOnlyMemory<byte> manifestFile)
    {
        if (!SignedCorim.TryDecode(manifestFile, out SignedCorim? signed, out _) || !BuildManifestReader.TryRead(signed, out BuildManifest? manifest, out _))
        {
            return "a manifest that cannot be read any more";
        }

        BuildColumnsRow row = connection.QuerySingle<BuildColumnsRow>($"SELECT {BuildColumns} FROM builds WHERE id = @id", new { id });
        HashSet<string> components = [.. connection.Query<(string Name, byte[] Sha256)>("SELECT name, sha256 FROM build_components WHERE build_id = @id", new { id }).Select(part => $"{part.Name} {new Sha256Digest(part.Sha256)}")];
        ILookup<string, (string Reason, long At)> events = connection
            .Query<(string Event, string Reason, long At)>("SELECT event, reason, at FROM build_events WHERE build_id = @id", new { id })
            .ToLookup(entry => entry.Event, entry => (entry.Reason, entry.At));
        return Differs("manufacturer", row.Manufacturer, manifest.Issuer)
            ?? Differs("class", row.Class, Convert.ToHexStringLower(manifest.ClassId.ToByteArray(bigEndian: true)))
            ?? Differs("version", row.Version, manifest.Version)
            ?? Differs("security version", row.SecurityVersion, (long)manifest.SecurityVersion)
            ?? Differs("measured set", row.SetHash, BuildTable.SetOf(manifest.Components).Hash)
            ?? (components.SetEquals(manifest.Components.Select(component => $"{component.Name} {component.Digest}")) ? null : "components other than its manifest has")
            ?? Differs("successor", row.SupersededBy is { } by ? $"by {by}" : null, events[BuildEventTable.Superseded].Select(entry => entry.Reason).LastOrDefault())
            ?? Differs("retirement", row.RetiredAt, events[BuildEventTable.Retired].Select(entry => (long?)entry.At).LastOrDefault());
    }

    /// <summary>What the columns of a certificate say otherwise than its file and its history; null when they agree.</summary>
    public static string? OfCertificate(DbConnection connection, string id, ReadOnlyMemory<byte> corim)
    {
        if (!SignedCorim.TryDecode(corim, out SignedCorim? signed, out _) || !CertificateEndorsementReader.TryRead(signed, out CertificateEndorsement? endorsement, out _))
        {
            return "a certificate that cannot be read any more";
        }

        CertificateColumnsRow row = connection.QuerySingle<CertificateColumnsRow>($"SELECT {CertificateColumns} FROM certificates WHERE id = @id", new { id });
        CertificateLife life = CertificateEventTable.LifeOf(connection, null, CertificateTable.Find(connection, null, id)!);
        return Differs("scheme", row.Scheme, endorsement.Scheme)
            ?? Differs("level", row.Level, endorsement.Level)
            ?? Differs("body", row.Body, endorsement.Issuer)
            ?? Differs("manifest", row.Manifest, Convert.ToHexStringLower(endorsement.ManifestSha256.ToBytes()))
            ?? Differs("end of validity", row.ValidUntil, endorsement.ValidUntil.ToUnixTimeMilliseconds())
            ?? Differs("patch policy", row.PatchPolicy, endorsement.PatchPolicy.ToString())
            ?? Differs("status", (CertificateStatus)row.Status, life.History[^1].Status)
            ?? Differs("end after succession", row.CountsUntil, life.CountsUntil?.ToUnixTimeMilliseconds());
    }

    private static string? Differs<T>(string name, T column, T expected) => Equals(column, expected) ? null : $"{name} {column?.ToString() ?? "none"} instead of {expected?.ToString() ?? "none"}";

    private sealed class BuildColumnsRow
    {
        public string Manufacturer { get; init; } = "";

        public string Class { get; init; } = "";

        public string Version { get; init; } = "";

        public long SecurityVersion { get; init; }

        public string SetHash { get; init; } = "";

        public string? SupersededBy { get; init; }

        public long? RetiredAt { get; init; }
    }

    private sealed class CertificateColumnsRow
    {
        public string Scheme { get; init; } = "";

        public string Level { get; init; } = "";

        public string Body { get; init; } = "";

        public string Manifest { get; init; } = "";

        public long ValidUntil { get; init; }

        public string PatchPolicy { get; init; } = "";

        public long Status { get; init; }

        public long? CountsUntil { get; init; }
    }
}
