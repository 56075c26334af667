using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Simulator;

namespace IotAttest.Cli.Simulation;

/// <summary>The enrolment record (DESIGN.md section 8) of a simulated board.</summary>
internal static class BoardEnrolment
{
    /// <summary>One line of JSON, without a line end.</summary>
    public static byte[] RecordOf(BoardIdentity identity, BoardEnrolmentTerms terms) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        ueid = identity.UeidHex,
        oemid = terms.OemId,
        @class = terms.ClassId.ToString("D"),
        key = KeyOf(identity),
        credential = identity.Credential,
        evidenceStrength = terms.Strength,
        freshness = terms.Freshness,
        organisation = terms.Organisation,
    });

    private static Dictionary<string, string> KeyOf(BoardIdentity identity)
    {
        if (identity.PublicPoint() is { X: { } x, Y: { } y })
        {
            return new() { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64Url.EncodeToString(x), ["y"] = Base64Url.EncodeToString(y) };
        }

        return new() { ["kty"] = "oct", ["k"] = Base64Url.EncodeToString(identity.HmacKey) };
    }
}
