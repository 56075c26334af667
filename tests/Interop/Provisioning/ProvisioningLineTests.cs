using System.Text;
using Request = IotAttest.Interop.Tests.Provisioning.ProvisioningRequest;

namespace IotAttest.Interop.Tests.Provisioning;

/// <summary>docs/protocol.md section 9: what a provisioning firmware takes, and what it refuses with nothing stored.</summary>
[Collection(NativeTests.Name)]
public sealed class ProvisioningLineTests(NativeBuild build)
{
    private static readonly string Kid = Convert.ToHexStringLower(IotAttest.Protocol.KeyId.OfUeid(SampleBoard.UeidBytes));

    /// <summary>P-256's order (SP 800-186 section 3.2.1.3), and the largest private number below it.</summary>
    private const string Order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
    private const string LargestNumber = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550";

    [RequiresNativeBuildFact]
    public void A_board_is_provisioned_once_and_a_restart_does_not_change_that()
    {
        using FactoryBoard board = new(build.Provisioner);

        Assert.Equal($"provisioned {Kid}", board.Ask(new Request().Line));
        AssertError(ProvisioningError.AlreadyProvisioned, board.Ask(new Request().Line));
        byte[] stored = File.ReadAllBytes(board.Chip);
        board.Restart();
        AssertError(ProvisioningError.AlreadyProvisioned, board.Ask(Request.With(Request.UeidAt + 1, 7).Line));

        Assert.Equal(stored, File.ReadAllBytes(board.Chip));
        Assert.Equal(1, stored[^1]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(board.Chip));
    }

    [RequiresNativeBuildFact]
    public void A_line_with_one_bit_changed_stores_nothing()
    {
        using FactoryBoard board = new(build.SanitizedProvisioner);
        byte[] line = Encoding.ASCII.GetBytes(new Request().Line + "\n");
        for (int bit = 0; bit < (line.Length - 1) * 8; bit++)
        {
            byte[] changed = [.. line];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));

            AssertError(ProvisioningError.BadRequest, board.Ask(changed));
        }

        Assert.True(board.IsNew);
        Assert.Equal($"provisioned {Kid}", board.Ask(line));
    }

    [RequiresNativeBuildFact]
    public void A_line_that_is_cut_or_longer_stores_nothing()
    {
        using FactoryBoard board = new(build.SanitizedProvisioner);
        string line = new Request().Line;

        Assert.All(Enumerable.Range(1, line.Length - 1), length => AssertError(ProvisioningError.BadRequest, board.Ask(line[..length])));
        AssertError(ProvisioningError.BadRequest, board.Ask(line + "0"));
        AssertError(ProvisioningError.BadRequest, board.Ask(" " + line));
        AssertError(ProvisioningError.BadRequest, board.Ask(line + new string('0', 100_000)));
        AssertError(ProvisioningError.BadRequest, board.Ask(line.ToUpperInvariant()));
        AssertError(ProvisioningError.BadRequest, board.Ask(line[..11] + line[11..].ToUpperInvariant()));

        Assert.True(board.IsNew);
        Assert.Equal($"provisioned {Kid}", board.Ask(line));
    }

    [RequiresNativeBuildTheory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Every_line_end_ends_a_line_and_empty_lines_get_no_answer(string end)
    {
        using FactoryBoard board = new(build.SanitizedProvisioner);
        board.Send(Encoding.ASCII.GetBytes("\r\n\n\r" + end));

        Assert.Equal("error 1", board.Ask(Encoding.ASCII.GetBytes("x" + end)));
        Assert.Equal($"provisioned {Kid}", board.Ask(Encoding.ASCII.GetBytes(new Request().Line + end)));
    }

    [RequiresNativeBuildTheory]
    [InlineData(0, 'J')]
    [InlineData(3, '2')]
    [InlineData(Request.FlagsAt, 2)]
    [InlineData(Request.FlagsAt, 1)] // with a key
    [InlineData(Request.FlagsAt, 0x80)]
    [InlineData(Request.ReservedAt, 1)]
    public void A_form_that_is_not_this_one_is_refused(int offset, byte value) => AssertRefused(ProvisioningError.BadRequest, Request.With(offset, value));

    [RequiresNativeBuildTheory]
    [InlineData(Request.AlgorithmAt, 0)]
    [InlineData(Request.AlgorithmAt, 3)]
    [InlineData(Request.FormAt, 2)]
    [InlineData(Request.UeidAt, 2)]
    [InlineData(Request.UeidAt, 0)]
    [InlineData(Request.OemIdAt + 4, 1)]
    [InlineData(Request.OemIdAt + 15, 1)]
    [InlineData(Request.VersionAt, 0)] // text behind a zero
    [InlineData(Request.VersionAt, 0x1F)]
    [InlineData(Request.VersionAt, 0x7F)]
    [InlineData(Request.VersionAt + 4, 0xC3)]
    [InlineData(Request.VersionAt + 63, ' ')]
    public void An_identity_outside_the_profile_is_refused(int offset, byte value) => AssertRefused(ProvisioningError.BadIdentity, Request.With(offset, value));

    [RequiresNativeBuildTheory]
    [InlineData(1, "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(1, "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData(2, "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(2, Order)]
    public void A_key_that_is_none_is_refused(byte algorithm, string key)
    {
        Request request = Request.With(Request.AlgorithmAt, algorithm);
        Convert.FromHexString(key).CopyTo(request.Bytes, Request.KeyAt);

        AssertRefused(ProvisioningError.KeyRefused, request);
    }

    [RequiresNativeBuildFact]
    public void The_largest_number_of_the_curve_is_a_key()
    {
        using FactoryBoard board = new(build.SanitizedProvisioner);
        Request request = Request.With(Request.AlgorithmAt, 2);
        Convert.FromHexString(LargestNumber).CopyTo(request.Bytes, Request.KeyAt);

        Assert.StartsWith("provisioned ", board.Ask(request.Line), StringComparison.Ordinal);
    }

    [RequiresNativeBuildFact]
    public void A_symmetric_key_is_not_made_on_the_chip()
    {
        Request request = Request.MadeOnChip();
        request.Bytes[Request.AlgorithmAt] = 1;

        AssertRefused(ProvisioningError.KeyRefused, request);
    }

    [RequiresNativeBuildFact]
    public void A_chip_that_cannot_be_read_is_not_written()
    {
        using FactoryBoard board = new(build.Provisioner);
        File.WriteAllBytes(board.Chip, [1, 2, 3]);

        AssertError(ProvisioningError.StoreFailed, board.Ask(new Request().Line));

        Assert.Equal([1, 2, 3], File.ReadAllBytes(board.Chip));
    }

    private void AssertRefused(ProvisioningError expected, Request request)
    {
        using FactoryBoard board = new(build.SanitizedProvisioner);

        AssertError(expected, board.Ask(request.Line));

        Assert.True(board.IsNew);
    }

    private static void AssertError(ProvisioningError expected, string answer) => Assert.Equal($"error {(int)expected}", answer);
}
