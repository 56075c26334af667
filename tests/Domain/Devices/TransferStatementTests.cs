using System.Security.Cryptography;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Protocol;

namespace IotAttest.Domain.Tests.Devices;

public sealed class TransferStatementTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => _key.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(TransferStatement.MaxBoards)]
    public void A_statement_comes_back_as_it_was_signed(int boards)
    {
        TransferStatement statement = Statement(boards);

        Assert.True(TransferStatement.TryDecode(statement.Sign(_key), out CoseMessage? message, out Kid kid, out TransferStatement? decoded, out DecodeStatus status), $"{status}");

        Assert.True(message.Verify(_key));
        Assert.Equal(Kid.OfKey(_key), kid);
        Assert.Equal(statement.Ueids, decoded.Ueids);
        Assert.Equal(statement with { Ueids = [] }, decoded with { Ueids = [] });
    }

    [Fact]
    public void Too_many_boards_none_two_alike_and_boards_out_of_order_are_refused()
    {
        string[] two = [.. Statement(2).Ueids];

        AssertRefused(Statement(TransferStatement.MaxBoards + 1));
        AssertRefused(Statement(0));
        AssertRefused(Statement(2) with { Ueids = [two[0], two[0]] });
        AssertRefused(Statement(2) with { Ueids = [two[1], two[0]] });
        AssertRefused(Statement(1) with { From = new string('a', 65) });
    }

    [Fact]
    public void Another_signed_file_of_the_project_is_no_transfer()
    {
        byte[] cwt = CwtSigner.Sign(_key, new byte[] { 0xa0 });

        Assert.False(TransferStatement.TryDecode(cwt, out _, out _, out _, out DecodeStatus status));
        Assert.Equal(DecodeStatus.OutOfRange, status);
    }

    [Fact]
    public void A_statement_that_is_cut_off_anywhere_or_followed_by_anything_is_refused()
    {
        byte[] file = Statement(2).Sign(_key);

        Assert.All(Enumerable.Range(0, file.Length), length => Assert.False(TransferStatement.TryDecode(file.AsMemory(0, length), out _, out _, out _, out _)));
        Assert.False(TransferStatement.TryDecode(new byte[] { 0 }.Prepend((byte)0).ToArray(), out _, out _, out _, out _));
        Assert.False(TransferStatement.TryDecode((byte[])[.. file, 0], out _, out _, out _, out _));
    }

    private void AssertRefused(TransferStatement statement) => Assert.False(TransferStatement.TryDecode(statement.Sign(_key), out _, out _, out _, out _));

    private static TransferStatement Statement(int boards) => new(
        "00112233445566778899aabbccddeeff", "acme", "city-grid", Now, Now.AddDays(7), [.. Enumerable.Range(0, boards).Select(board => $"01{board:x32}")]);
}
