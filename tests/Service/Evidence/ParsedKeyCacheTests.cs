using System.Security.Cryptography;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Protocol;
using IotAttest.Service.Devices;
using IotAttest.Service.Evidence;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Tests;

/// <summary>Parsed keys are bounded in number and in bytes, whoever attests; a key that had to go is parsed again.</summary>
[Collection(Alone.Name)]
public sealed class ParsedKeyCacheTests : IDisposable
{
    private const int Few = 4;

    private readonly ECDsa _signer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _signer.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void At_its_capacity_all_are_kept_and_one_past_it_the_oldest_alone_makes_room()
    {
        ParsedKeyCache cache = new(Few);
        DeviceEntry[] boards = [.. Enumerable.Range(0, Few + 1).Select(number => Board(number, _signer))];
        IDeviceKey[] keys = [.. boards[..Few].Select(cache.KeyOf)];

        Assert.All(boards[..Few].Zip(keys), pair => Assert.Same(pair.Second, cache.KeyOf(pair.First)));
        cache.KeyOf(boards[Few]);

        Assert.Null(boards[0].ParsedKey);
        Assert.All(boards[1..Few].Zip(keys.Skip(1)), pair => Assert.Same(pair.Second, cache.KeyOf(pair.First)));
        Assert.NotNull(boards[Few].ParsedKey);
    }

    [Fact]
    public void An_evicted_key_goes_on_for_whoever_holds_it_and_is_parsed_again_as_the_same_key()
    {
        ParsedKeyCache cache = new(Few);
        DeviceEntry board = Board(0, _signer);
        EvidenceEnvelope own = Signed(_signer);
        EvidenceEnvelope foreign = Signed(_other);
        IDeviceKey first = cache.KeyOf(board);

        Array.ForEach([.. Enumerable.Range(1, Few).Select(number => Board(number, _other))], each => cache.KeyOf(each));
        bool isEvicted = board.ParsedKey is null;
        IDeviceKey again = cache.KeyOf(board);

        Assert.True(isEvicted);
        Assert.NotSame(first, again);
        Assert.All([first, again], key => Assert.True(key.Verify(own) && !key.Verify(foreign)));
    }

    [Fact]
    public async Task Threads_that_parse_at_once_leave_no_more_keys_behind_than_there_is_room_for()
    {
        ParsedKeyCache cache = new(Few);
        DeviceEntry[] boards = [.. Enumerable.Range(0, 8 * Few).Select(number => Board(number, _signer))];
        EvidenceEnvelope own = Signed(_signer);

        bool[] verified = await Task.WhenAll(Enumerable.Range(0, 4).Select(turn => Task.Run(() =>
        {
            Random random = new(turn);
            return Enumerable.Range(0, 3_000).All(step => cache.KeyOf(boards[random.Next(boards.Length)]) is { } key && (step % 50 > 0 || key.Verify(own)));
        })));

        Assert.All(verified, Assert.True);
        Assert.InRange(boards.Count(board => board.ParsedKey is not null), 1, Few);
    }

    [Fact]
    public void A_verifier_holds_65536_keys_in_less_than_4_KiB_each_and_more_boards_take_no_more_memory()
    {
        ParsedKeyCache cache = new();
        DeviceEntry[] boards = [.. Enumerable.Range(0, ParsedKeyCache.Capacity + 16_384).Select(number => Board(number, _signer))];
        long empty = NativeMemory.Bytes();
        Array.ForEach(boards[..ParsedKeyCache.Capacity], board => cache.KeyOf(board));
        long full = NativeMemory.Bytes();
        int kept = boards.Count(board => board.ParsedKey is not null);

        cache.KeyOf(boards[ParsedKeyCache.Capacity]);
        int keptOnePast = boards.Count(board => board.ParsedKey is not null);
        Array.ForEach(boards[ParsedKeyCache.Capacity..], board => cache.KeyOf(board));
        long turned = NativeMemory.Bytes();

        Assert.Equal((ParsedKeyCache.Capacity, ParsedKeyCache.Capacity), (kept, keptOnePast));
        Assert.Equal(ParsedKeyCache.Capacity, boards.Count(board => board.ParsedKey is not null));
        Assert.Null(boards[16_383].ParsedKey);
        Assert.NotNull(boards[16_384].ParsedKey);
        Assert.InRange((full - empty) / ParsedKeyCache.Capacity, 1, 4096);
        Assert.InRange(turned - full, long.MinValue, 8 << 20);
        GC.KeepAlive(cache);
    }

    [Fact]
    public void Secrets_shared_with_boards_take_no_room()
    {
        ParsedKeyCache cache = new(1);
        DeviceEntry signing = Board(0, _signer);
        cache.KeyOf(signing);

        cache.KeyOf(new DeviceEntry(1, signing.Identity with { KeyKind = DeviceKeyKind.Hmac }, new byte[HmacDeviceKey.SecretBytes], [], DeviceState.New));

        Assert.NotNull(signing.ParsedKey);
    }

    [Fact]
    public void A_stored_key_that_cannot_be_read_is_a_fault_of_the_store_and_takes_nobodys_place()
    {
        ParsedKeyCache cache = new(1);
        DeviceEntry board = Board(0, _signer);
        cache.KeyOf(board);

        Assert.Throws<StoreException>(() => cache.KeyOf(new DeviceEntry(1, board.Identity, [0x30], [], DeviceState.New)));

        Assert.NotNull(board.ParsedKey);
    }

    private static DeviceEntry Board(int number, ECDsa signer)
    {
        DeviceIdentity identity = new($"01{number:x32}", (ulong)number, DeviceKeyKind.P256, OemId.OfNumber(1), Guid.Empty, EvidenceStrength.Native, FreshnessMode.Challenge, "acme");
        return new DeviceEntry(number, identity, signer.ExportSubjectPublicKeyInfo(), [], DeviceState.New);
    }

    private static EvidenceEnvelope Signed(ECDsa signer)
    {
        EvidenceClaims claims = new()
        {
            Nonce = new byte[32],
            Ueid = Convert.FromHexString($"01{0:x32}"),
            OemId = 1,
            HardwareModel = Guid.Empty.ToByteArray(),
            BootCount = 1,
            BootSeed = new byte[16],
        };
        claims.AddComponent("deployment", new byte[32]);
        EvidenceWriter writer = new();
        Assert.Equal(DecodeStatus.Ok, writer.Write(claims, TestAuthenticator.Es256(new byte[8], signer)));
        Assert.True(EvidenceEnvelope.TryDecode(writer.Buffer.AsMemory(0, writer.Length), out EvidenceEnvelope? envelope, out _));
        return envelope;
    }
}
