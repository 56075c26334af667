using System.Text;

namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>Words of JSON, and the members of a document.</summary>
internal static class JsonWords
{
    private static readonly string[] Common =
    [
        "{", "}", "[", "]", ",", ":", "\"", "null", "true", "false", "0", "-1", "1e400", "1e-400", "1.5", "4294967296", "9223372036854775808", "123456789012345678901234567890",
        "\"\"", "\"\\ud800\"", "\\udfff", "\\u0000", "\\u202e", "\"\\ud800\":1,", "[[[[[[[[", "{\"a\":{\"a\":", "\u00e9", "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59.9999999Z\"",
        "\"2026-11-22\"", "\"00000000-0000-0000-0000-000000000000\"", "\"%00\"", "%zz", "..", "//", "\n",
    ];

    /// <summary>The common words and every quoted text of the seeds.</summary>
    public static byte[][] Of(IEnumerable<byte[]> seeds) =>
    [
        .. Common.Select(Encoding.UTF8.GetBytes),
        [0xff], [0xed, 0xa0, 0x80], [0xef, 0xbb, 0xbf],
        .. seeds.SelectMany(seed => Encoding.UTF8.GetString(seed).Split('"').Where((_, index) => index % 2 == 1)).Distinct().Select(text => Encoding.UTF8.GetBytes($"\"{text}\"")),
    ];
}
