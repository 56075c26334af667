namespace IotAttest.Interop.Tests;

/// <summary>A loaded assembly lies as a whole in one measured region, or there is no evidence.</summary>
[Collection(NativeTests.Name)]
public sealed class AssemblyTests(NativeBuild build)
{
    private const long Deployment = HostBoard.FlashAddress + SampleBoard.DeploymentOffset;
    private const long End = Deployment + SampleBoard.DeploymentBytes;

    private static readonly string Nonce = Convert.ToHexString(SampleBoard.Nonce);

    [RequiresNativeBuildTheory]
    [InlineData(Deployment, 1)]
    [InlineData(Deployment, SampleBoard.DeploymentBytes)]
    [InlineData(End - 200, 200)]
    [InlineData(HostBoard.FlashAddress + SampleBoard.ClrOffset, 5000)]
    public void An_assembly_in_measured_flash_is_fine(long address, long length)
    {
        using HostBoard board = SampleBoard.Booted(build.Host);
        board.Set($"assembly {address} {length}");

        Assert.NotEmpty(board.Attest(SampleBoard.Nonce));
    }

    [RequiresNativeBuildTheory]
    [InlineData(Deployment, 0)]
    [InlineData(Deployment - 1, 100)]
    [InlineData(End - 200, 201)]
    [InlineData(End, 1)]
    [InlineData(Deployment, SampleBoard.DeploymentBytes + 1)]
    [InlineData(Deployment, 4294967295)]
    [InlineData(0x20000000, 100)]
    [InlineData(0, 100)]
    public void An_assembly_outside_measured_flash_is_noticed(long address, long length)
    {
        using HostBoard board = SampleBoard.Booted(build.Host);
        board.Set($"assembly {Deployment} 100");
        board.Set($"assembly {address} {length}");

        HostBoard.AssertError(NativeError.AssemblyOutside, board.Ask($"attest {Nonce}"));
    }

    [RequiresNativeBuildTheory]
    [InlineData(127, true)]
    [InlineData(128, false)]
    public void A_list_too_long_to_check_yields_an_error(int count, bool isChecked)
    {
        using HostBoard board = SampleBoard.Booted(build.Host);
        for (int i = 0; i < count; i++)
        {
            board.Set($"assembly {Deployment + i} 100");
        }

        Assert.Equal(isChecked, board.Ask($"attest {Nonce}").StartsWith("evidence", StringComparison.Ordinal));
    }
}
