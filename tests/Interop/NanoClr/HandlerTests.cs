using System.Security.Cryptography;

namespace IotAttest.Interop.Tests.NanoClr;

/// <summary>The native methods as the interpreter calls them.</summary>
[Collection(NanoClrTests.Name)]
public sealed class HandlerTests(NanoClrBuild build)
{
    private const string Ueid = "01A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5";

    [RequiresNativeBuildFact]
    public void A_challenge_through_the_table_gives_evidence_that_the_verifier_decodes()
    {
        using ClrBoard board = ClrBoard.Booted(build.Program);
        byte[] flash = Convert.FromHexString(board.Ask("flash"));

        DecodedEvidence evidence = DecodedEvidence.Of(board.Attest());

        Assert.Equal(ClrBoard.Challenge, evidence.Claims.Nonce.ToArray());
        Assert.Equal(Convert.FromHexString(Ueid), evidence.Claims.Ueid.ToArray());
        Assert.Equal(SHA256.HashData(flash.AsSpan(0, ClrBoard.ClrBytes)), evidence.DigestOf("clr"));
        Assert.Equal(SHA256.HashData(flash.AsSpan(ClrBoard.ClrBytes, ClrBoard.DeploymentBytes)), evidence.DigestOf("deployment"));
        Assert.Equal(42UL, evidence.Claims.Counters.BootCount);
    }

    [RequiresNativeBuildFact]
    public void The_managed_methods_are_in_the_order_of_the_table()
    {
        string[] managed = [.. typeof(NativeAttester).GetMethods().Where(method => method.IsStatic).OrderBy(method => method.MetadataToken).Select(method => method.Name)];

        Assert.Equal(Enum.GetNames<NativeMethod>(), managed);
    }

    [RequiresNativeBuildFact]
    public void The_native_data_names_the_assembly()
    {
        using ClrBoard board = new(build.Program);

        Assert.StartsWith("IotAttest.Interop ", board.Ask("data"), StringComparison.Ordinal);
    }

    [RequiresNativeBuildFact]
    public void The_UEID_is_read_before_boot_too()
    {
        using ClrBoard board = new(build.Program);

        Assert.Equal((0, Ueid), Hex(board.Call(NativeMethod.ReadUeid, "zeros 17")));
    }

    [RequiresNativeBuildTheory]
    [InlineData("null")]
    [InlineData("zeros 0")]
    [InlineData("zeros 16")]
    [InlineData("zeros 18")]
    [InlineData("ints 17")]
    public void A_UEID_takes_17_bytes_exactly(string argument)
    {
        using ClrBoard board = ClrBoard.Booted(build.Program);

        (int result, byte[] bytes) = board.Call(NativeMethod.ReadUeid, argument);

        Assert.Equal((int)NativeError.BadArgument, result);
        Assert.All(bytes, value => Assert.Equal(0, value));
    }

    [RequiresNativeBuildTheory]
    [InlineData("null")]
    [InlineData("zeros 0")]
    [InlineData("zeros 31")]
    [InlineData("zeros 33")]
    [InlineData("ints 32")]
    public void A_challenge_has_32_bytes_exactly(string argument)
    {
        using ClrBoard board = ClrBoard.Booted(build.Program);
        Assert.Equal(0, board.Begin(ClrBoard.Challenge));

        Assert.Equal((int)NativeError.BadArgument, board.Call(NativeMethod.Begin, argument).Result);
        Assert.Equal((int)NativeError.NotMeasuring, board.StepToEnd());
    }

    [RequiresNativeBuildTheory]
    [InlineData("null", (int)NativeError.BadArgument)]
    [InlineData("ints 768", (int)NativeError.BadArgument)]
    [InlineData("zeros 0", (int)NativeError.BufferTooSmall)]
    [InlineData("zeros 767", (int)NativeError.BufferTooSmall)]
    public void Evidence_takes_768_bytes_or_more(string argument, int expected)
    {
        using ClrBoard board = ClrBoard.Booted(build.Program);
        Assert.Equal(0, board.Begin(ClrBoard.Challenge));
        Assert.Equal(0, board.StepToEnd());

        (int result, byte[] bytes) = board.Call(NativeMethod.Finish, argument);

        Assert.Equal(-expected, result);
        Assert.All(bytes, value => Assert.Equal(0, value));
        Assert.Equal(-(int)NativeError.NotMeasured, board.Call(NativeMethod.Finish, "zeros 768").Result);
    }

    [RequiresNativeBuildFact]
    public void A_longer_array_serves_too()
    {
        using ClrBoard board = ClrBoard.Booted(build.Program);
        Assert.Equal(0, board.Begin(ClrBoard.Challenge));
        Assert.Equal(0, board.StepToEnd());

        Assert.InRange(board.Call(NativeMethod.Finish, "zeros 2048").Result, 1, 768);
    }

    [RequiresNativeBuildFact]
    public void There_is_no_evidence_before_boot()
    {
        using ClrBoard board = new(build.Program);

        Assert.Equal((int)NativeError.NotBooted, board.Begin(ClrBoard.Challenge));
        Assert.Equal((int)NativeError.NotMeasuring, board.StepToEnd());
        Assert.Equal(-(int)NativeError.NotMeasured, board.Call(NativeMethod.Finish, "zeros 768").Result);
    }

    [RequiresNativeBuildFact]
    public void A_board_without_identity_says_so()
    {
        using ClrBoard board = ClrBoard.Booted(build.Program);
        board.Set("provisioned 0");

        Assert.Equal((int)NativeError.NotProvisioned, board.Call(NativeMethod.ReadUeid, "zeros 17").Result);
        Assert.Equal((int)NativeError.NotProvisioned, board.Begin(ClrBoard.Challenge));
        Assert.Equal((int)NativeError.NotMeasuring, board.StepToEnd());
    }

    private static (int Result, string Bytes) Hex((int Result, byte[] Bytes) answer) => (answer.Result, Convert.ToHexString(answer.Bytes));
}
