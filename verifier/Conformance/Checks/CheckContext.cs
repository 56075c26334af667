using System.Security.Cryptography;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Devices;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Protocol;

namespace IotAttest.Conformance;

/// <summary>What a check works with. What its <see cref="Needs"/> name is there.</summary>
public sealed class CheckContext
{
    /// <summary>How many challenges the checks over evidence are answered with.</summary>
    internal const int Questions = 4;

    private readonly BoardConversation? _board;
    private readonly Dictionary<string, object> _drills = [];
    private IReadOnlyList<EvidenceSample>? _samples;

    internal CheckContext(ConformanceSubject subject)
    {
        Subject = subject;
        Available = Find(subject);
        _board = subject is { Link: { } link, Control: { } control, Device: { } device } ? new BoardConversation(link, control, device.Ueid, subject.Times) : null;
    }

    public ConformanceSubject Subject { get; }

    /// <summary>What there is.</summary>
    public Needs Available { get; }

    internal BoardConversation Board => _board ?? throw Missing(Needs.Board);

    internal DeviceIdentity Device => Subject.Device ?? throw Missing(Needs.Device);

    internal DeviceKeyMaterial Key => Subject.Key ?? throw Missing(Needs.Device);

    internal BuildManifest Manifest => Subject.Manifest?.Manifest ?? throw Missing(Needs.Manifest);

    internal BuildManifest Newer => Subject.Newer?.Manifest ?? throw Missing(Needs.Newer);

    internal BuildManifest Older => Subject.Older?.Manifest ?? throw Missing(Needs.Older);

    internal byte[] DeviceUeid => Ueid.FromHex(Device.Ueid) ?? throw Missing(Needs.Device);

    /// <summary>Evidence from the files, or the answers of the board to a few challenges, asked for once.</summary>
    internal async Task<IReadOnlyList<EvidenceSample>> SamplesAsync(CancellationToken cancellation)
    {
        if (_board is null)
        {
            return Subject.Evidence;
        }

        if (_samples is null)
        {
            List<EvidenceSample> samples = [];
            for (int i = 0; i < Questions; i++)
            {
                // A board that gives no answer at all is asked twice, not four times.
                EvidenceSample? sample = i < 2 || samples.Count > 0 ? await _board.AskAsync(NewChallenge(), cancellation) : null;
                if (sample is not null)
                {
                    samples.Add(sample);
                }
            }

            _samples = samples;
        }

        return _samples;
    }

    /// <summary>Does something with the board once, however many checks look at its outcome: a person is not asked twice.</summary>
    internal async Task<T> OnceAsync<T>(string name, Func<Task<T>> drill)
        where T : class
    {
        if (!_drills.TryGetValue(name, out object? outcome))
        {
            outcome = await drill();
            _drills.Add(name, outcome);
        }

        return (T)outcome;
    }

    internal static byte[] NewChallenge() => RandomNumberGenerator.GetBytes(EvidenceProfile.NonceBytes);

    /// <summary>A verifier that knows the builds; with <paramref name="isMinimumSet"/> nothing below the build under test is accepted.</summary>
    internal IVerifierSide CreateVerifier(TimeProvider clock, bool isMinimumSet = false)
    {
        ReferenceBuild[] builds = [.. new[] { Subject.Older, Subject.Manifest, Subject.Newer }.Select(file => file?.ToReference()).OfType<ReferenceBuild>()];
        Dictionary<Guid, ulong> minimums = isMinimumSet ? new() { [Manifest.ClassId] = Manifest.SecurityVersion } : [];
        IDeviceKey key = Key.ToKey() ?? new UnusableKey(Key.Kind);
        return Subject.CreateVerifier(Device, key, new ManufacturerReference(builds, minimums), clock);
    }

    internal IVerifierSide CreateVerifier(bool isMinimumSet = false) => CreateVerifier(Subject.Clock, isMinimumSet);

    /// <summary>Has a challenge of that verifier answered and the answer judged; null when none came.</summary>
    internal async Task<VerifierAnswer?> AttestAsync(IVerifierSide verifier, CancellationToken cancellation) =>
        await Board.AskAsync(verifier.Challenge(), cancellation) is { } sample ? verifier.Submit(sample.Bytes) : null;

    private static Needs Find(ConformanceSubject subject)
    {
        Needs found = Needs.None;
        found |= subject.Device is not null && subject.Key is not null ? Needs.Device : Needs.None;
        found |= subject is { Link: not null, Control: not null, Device: not null } ? Needs.Board | Needs.Evidence : Needs.None;
        found |= subject.Evidence.Count > 0 ? Needs.Evidence : Needs.None;
        found |= subject.Manifest is not null ? Needs.ManifestFile : Needs.None;
        found |= subject.Manifest?.Manifest is not null ? Needs.Manifest : Needs.None;
        found |= subject.Newer?.Manifest is not null ? Needs.Newer : Needs.None;
        return found | (subject.Older?.Manifest is not null ? Needs.Older : Needs.None);
    }

    private static InvalidOperationException Missing(Needs needs) => new($"The check uses {needs} and does not say that it needs it.");
}
