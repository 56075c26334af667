using System.Security.Cryptography;

namespace IotAttest.Interop.Tests.Provisioning;

/// <summary>core/identity_record.h: a board with a record that is not exactly right has no identity.</summary>
[Collection(NativeTests.Name)]
public sealed class IdentityRecordTests(NativeBuild build) : IDisposable
{
    private const int RecordBytes = 160;
    private const int CheckAt = 152;

    private readonly string _chip = Path.GetTempFileName();

    public void Dispose() => File.Delete(_chip);

    [RequiresNativeBuildFact]
    public void A_record_with_one_bit_changed_is_refused()
    {
        byte[] state = Provisioned();
        using HostBoard board = new(build.SanitizedHost, SampleBoard.Flash());
        for (int bit = 0; bit < RecordBytes * 8; bit++)
        {
            byte[] changed = [.. state];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.Equal("refused", Load(board, changed));
        }

        Assert.Equal("ok", Load(board, state));
    }

    [RequiresNativeBuildFact]
    public void A_chip_of_another_length_is_refused()
    {
        byte[] state = Provisioned();
        using HostBoard board = new(build.SanitizedHost, SampleBoard.Flash());

        Assert.Equal("refused", Load(board, state[..^1]));
        Assert.Equal("refused", Load(board, [.. state, 0]));
        Assert.Equal("refused", board.Ask($"chip {_chip}.none"));
    }

    [RequiresNativeBuildTheory]
    [InlineData(3, '2')] // magic
    [InlineData(4, 0)] // algorithm
    [InlineData(4, 3)]
    [InlineData(5, 2)] // form of oemid
    [InlineData(6, 1)] // reserved
    [InlineData(7, 1)]
    [InlineData(8, 2)] // UEID
    [InlineData(45, 1)] // behind the number
    [InlineData(65, 0)] // text behind a zero
    [InlineData(66, 0x7F)]
    [InlineData(128, 'x')]
    [InlineData(129, 1)] // padding
    [InlineData(151, 1)]
    public void A_record_whose_check_fits_is_read_as_strictly(int offset, byte value)
    {
        byte[] state = Provisioned();
        state[offset] = value;
        SHA256.HashData(state.AsSpan(0, CheckAt)).AsSpan(0, RecordBytes - CheckAt).CopyTo(state.AsSpan(CheckAt));
        using HostBoard board = new(build.SanitizedHost, SampleBoard.Flash());

        Assert.Equal("refused", Load(board, state));
    }

    private string Load(HostBoard board, byte[] state)
    {
        File.WriteAllBytes(_chip, state);
        return board.Ask($"chip {_chip}");
    }

    private byte[] Provisioned()
    {
        using FactoryBoard factory = new(build.Provisioner);
        Assert.StartsWith("provisioned", factory.Ask(new ProvisioningRequest().Line), StringComparison.Ordinal);
        return File.ReadAllBytes(factory.Chip);
    }
}
