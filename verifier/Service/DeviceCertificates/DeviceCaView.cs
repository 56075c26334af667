using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using IotAttest.Domain.Devices;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.DeviceCertificates;

/// <summary>A registered root.</summary>
internal sealed record DeviceCaView(
    string Id, string Organisation, string Pem, string EvidenceStrength, string? Oemid, string? SubjectOrganisation, string? UeidPrefix, string AddedAt, string? RemovedAt, string? RemovalReason, IReadOnlyList<CrlView> Crls)
{
    public static DeviceCaView Of(DeviceCa ca, List<(byte[] IssuerKey, byte[] Number, long ThisUpdate, long NextUpdate)> crls) => new(
        ca.Id,
        ca.Manufacturer,
        PemEncoding.WriteString("CERTIFICATE", ca.Certificate),
        ca.Strength.Word(),
        ca.Rules.OemId?.ToString(),
        ca.Rules.SubjectOrganisation,
        ca.Rules.UeidPrefix,
        UtcText.Of(ca.AddedAt),
        UtcText.Of(ca.RemovedAt),
        ca.RemovalReason,
        [.. crls.Select(crl => new CrlView(
            Convert.ToHexStringLower(crl.IssuerKey), new BigInteger(crl.Number, isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture), UtcText.OfMs(crl.ThisUpdate), UtcText.OfMs(crl.NextUpdate)))]);
}

/// <summary>The newest revocation list of an issuer. Past <c>NextUpdate</c> no new boards are enrolled under that issuer.</summary>
internal sealed record CrlView(string IssuerKey, string Number, string ThisUpdate, string NextUpdate)
{
    /// <summary>Boards whose certificates this list newly revoked; only in the answer to its upload.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Revoked { get; init; }
}

/// <summary>The roots of a manufacturer.</summary>
internal sealed record DeviceCaListView(IReadOnlyList<DeviceCaView> Cas);
