using System.Diagnostics;
using System.Security.Cryptography;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.Identity;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Devices;
using IotAttest.Service.Evidence;
using IotAttest.Service.Freshness;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Cli.Bench;

/// <summary>Times the appraisal of evidence from boards that are drawn uniformly at random from the fleet of a store, or from a few of it.</summary>
internal sealed class AppraisalProbe
{
    private readonly FleetStore _store;
    private readonly BoardDraw _draw;
    private readonly DeviceEntry[] _boards;
    private readonly DeviceDirectory _directory;
    private readonly ParsedKeyCache _keys;
    private readonly FreshnessSource _freshness;
    private readonly VerdictSource _verdicts;
    private readonly ChallengeKeyRing _challenges;
    private readonly EvidencePipeline _pipeline;

    /// <param name="store">Where.</param>
    /// <param name="kind">The boards' keys.</param>
    /// <param name="draw">Which boards.</param>
    /// <param name="few">How many boards with keys of this kind are few.</param>
    public AppraisalProbe(FleetStore store, DeviceKeyKind kind, BoardDraw draw, int few)
    {
        _store = store;
        _draw = draw;
        _directory = store.Services.GetRequiredService<DeviceDirectory>();
        _keys = store.Services.GetRequiredService<ParsedKeyCache>();
        _freshness = store.Services.GetRequiredService<FreshnessSource>();
        _verdicts = store.Services.GetRequiredService<VerdictSource>();
        _challenges = store.Services.GetRequiredService<ChallengeKeyRing>();
        _pipeline = store.Services.GetRequiredService<EvidencePipeline>();
        _boards = [.. _directory.All.Where(board => board.Identity.KeyKind == kind)];
        Random.Shared.Shuffle(_boards);
        if (draw == BoardDraw.Few)
        {
            Array.Resize(ref _boards, Math.Min(_boards.Length, few));
        }
    }

    /// <summary>New evidence of random boards.</summary>
    /// <param name="count">How many.</param>
    /// <param name="isEachOnce">No board twice, while there are enough.</param>
    public async Task<byte[][]> MakeAsync(int count, bool isEachOnce)
    {
        byte[][] evidence = new byte[count][];
        int start = Random.Shared.Next(_boards.Length);
        for (int i = 0; i < count; i++)
        {
            evidence[i] = await MakeAsync(_boards[isEachOnce ? (start + i) % _boards.Length : Random.Shared.Next(_boards.Length)]);
        }

        return evidence;
    }

    /// <summary>Decode, look-up, freshness, authentication, identity, match and verdict on this thread, without the store.</summary>
    /// <returns>For each.</returns>
    public Cost Time(byte[][] evidence)
    {
        GC.Collect();
        (long started, double cpu) = (Stopwatch.GetTimestamp(), CpuClock.Thread());
        foreach (byte[] bytes in evidence)
        {
            Appraise(bytes);
        }

        return new Cost(Stopwatch.GetElapsedTime(started).TotalSeconds, CpuClock.Thread() - cpu) / evidence.Length;
    }

    /// <summary>The whole path, durable, as many at once as there are.</summary>
    /// <returns>For each.</returns>
    public async Task<Cost> TimeDurableAsync(byte[][] evidence)
    {
        (long started, double cpu) = (Stopwatch.GetTimestamp(), CpuClock.Process());
        EvidenceAnswer[] answers = await Task.WhenAll(evidence.Select(bytes => Task.Run(async () => await _pipeline.SubmitAsync(bytes, new EvidenceOrigin(null, "127.0.0.1"), CancellationToken.None))));
        Cost cost = new Cost(Stopwatch.GetElapsedTime(started).TotalSeconds, CpuClock.Process() - cpu) / evidence.Length;
        return answers.FirstOrDefault(answer => answer.Refusal is not null) is { } refused ? throw Wrong(refused.Refusal!.Seen) : cost;
    }

    private async Task<byte[]> MakeAsync(DeviceEntry board)
    {
        EvidenceMaker maker = FleetStore.MakerOf(board, _store.BoardKey);
        return maker.Make(await _challenges.MintAsync(maker.UeidBytes));
    }

    private void Appraise(byte[] bytes)
    {
        Refusal? refusal = EvidenceCheck.Decode(bytes, out EvidenceEnvelope? envelope, out DecodedClaims? claims);
        if (!_directory.TryFindByKid(envelope!.Kid.Value, out DeviceEntry? device))
        {
            throw Wrong("a board that is not found");
        }

        if (_draw == BoardDraw.FleetKeysAnew)
        {
            device.ParsedKey = null;
        }

        byte[] hash = SHA256.HashData(bytes);
        DeviceState state = device.State;
        refusal ??= EvidenceCheck.Verify(envelope, claims!, device.Identity, _keys.KeyOf(device), _freshness.Check, out VerifiedEvidence? evidence);
        bool isOneBoard = IdentityCheck.IsOneBoard(state.Baseline, claims!.Counters);
        ManufacturerReference reference = _verdicts.ReferenceOf(device);
        DeviceFacts facts = StickyCauses.Update(state.Facts, device.Identity.ClassId, reference, claims.Measured) with
        {
            AsOf = DateTimeOffset.UtcNow,
            Measured = claims.Measured,
            HasIdentityConflict = !isOneBoard,
        };
        DeviceState next = state with { Facts = facts, EvidenceHash = hash };
        if (refusal is not null || HistoryMark.Of(_verdicts.Of(device, next)) is not { Conformity: Conformity.Conformant })
        {
            throw Wrong(refusal?.Seen ?? _verdicts.Of(device, next).Conformity.ToString());
        }
    }

    private static InvalidOperationException Wrong(string seen) => new($"The benchmark measures the wrong thing: {seen}.");
}
