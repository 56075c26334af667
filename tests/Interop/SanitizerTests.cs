namespace IotAttest.Interop.Tests;

/// <summary>The host program built with address and undefined-behaviour checks says what the plain one says, and finds nothing.</summary>
[Collection(NativeTests.Name)]
public sealed class SanitizerTests(NativeBuild build)
{
    private static readonly string Nonce = Convert.ToHexString(SampleBoard.Nonce);
    private static readonly string LongestText = new('7', 128);

    [RequiresNativeBuildFact]
    public void The_same_commands_get_the_same_answers()
    {
        string[] plain = Run(build.Host);

        string[] checkedAnswers = Run(build.SanitizedHost);

        Assert.Equal(plain, checkedAnswers);
        Assert.Equal(4, plain.Count(answer => answer.StartsWith("evidence", StringComparison.Ordinal)));
    }

    private static string[] Run(string program)
    {
        using HostBoard board = SampleBoard.Booted(program);
        return [.. Script().Select(board.Ask)];
    }

    private static IEnumerable<string> Script() =>
    [
        "", "nonsense", "flash", "region deployment 0", "begin 00", "finish x", $"texts {LongestText} {LongestText} 7", "identity 01 2 3",
        $"attest {Nonce}",
        $"texts {LongestText} {LongestText} {LongestText}",
        "region partitions 0x1800 0x400 plain", $"keystream {LongestText}", "region config 0xC000 0x400 encrypted", "uptime 9223372036854775807",
        "boot", $"attest {Nonce}", "uptime 9223372036854775808", $"attest {Nonce}", "uptime 1", "bootcount 9223372036854775807", "boot", $"attest {Nonce}",
        "bootcount 1", "boot", $"key p256 {new string('1', 64)} 0102030405060708", $"attest {Nonce}", $"key p256 {new string('0', 64)} 0102030405060708", $"attest {Nonce}",
        "key hmac 00 01", $"key hmac {new string('1', 64)} 0102030405060708", $"begin {Nonce}", "step", "write 0x7000 ff", "step", "step",
        "boot", "poke 0xCFFF 00", "write 0xCFFF 0000", "write 4294967295 00", $"attest {Nonce}", "assembly 0 1", $"attest {Nonce}",
    ];
}
