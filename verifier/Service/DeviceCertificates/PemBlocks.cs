using System.Security.Cryptography;

namespace IotAttest.Service.DeviceCertificates;

/// <summary>PEM blocks one after the other (RFC 7468), with nothing between them.</summary>
internal static class PemBlocks
{
    private const int MaxBlocks = 8;

    /// <summary>Label and bytes of each block; null when there is anything else, none, or more than 8.</summary>
    public static IReadOnlyList<(string Label, byte[] Bytes)>? TryReadAll(string text)
    {
        List<(string, byte[])> blocks = [];
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        while (rest.Length > 0)
        {
            if (blocks.Count == MaxBlocks || !PemEncoding.TryFind(rest, out PemFields fields) || fields.Location.Start.Value != 0)
            {
                return null;
            }

            byte[] bytes = new byte[fields.DecodedDataLength];
            if (!Convert.TryFromBase64Chars(rest[fields.Base64Data], bytes, out int written) || written != bytes.Length)
            {
                return null;
            }

            blocks.Add((rest[fields.Label].ToString(), bytes));
            rest = rest[fields.Location.End..].Trim();
        }

        return blocks.Count > 0 ? blocks : null;
    }
}
