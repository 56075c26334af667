using System.Security.Cryptography;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;

namespace IotAttest.Service.Devices;

/// <summary>One enrolled device in memory.</summary>
/// <param name="rowId">Its row in the table devices.</param>
/// <param name="identity">What enrolment fixed.</param>
/// <param name="keyMaterial">HMAC secret (32 bytes) or SubjectPublicKeyInfo.</param>
/// <param name="credentialHash">SHA-256 of the transport credential.</param>
/// <param name="state">State as of the last commit.</param>
internal sealed class DeviceEntry(long rowId, DeviceIdentity identity, byte[] keyMaterial, byte[] credentialHash, DeviceState state)
{
    private DeviceState _state = state;
    private DeviceState? _staged;
    private long _appraisal;
    private long _stagedAppraisal;
    private RefusalCounter _refusals = RefusalCounter.None;
    private AddressMark? _address;
    private AlarmCounter _alarms = AlarmCounter.None;
    private string? _owner;
    private long _messagesUntil;

    public long RowId { get; } = rowId;

    public DeviceIdentity Identity { get; } = identity;

    public byte[] KeyMaterial { get; } = keyMaterial;

    public byte[] CredentialHash { get; } = credentialHash;

    /// <summary>The entry of the same board after a rekey, set on the writer thread before its commit: from then on nothing may
    /// be accepted under this entry's key. Null while this entry is the one that counts.</summary>
    public DeviceEntry? Replacement { get; set; }

    /// <summary>The entry that counts: the last of the replacements. Only the writer thread asks.</summary>
    public DeviceEntry Current => Replacement?.Current ?? this;

    /// <summary>True while <see cref="SilenceQueue"/> holds this entry; only the re-appraisal loop looks at it.</summary>
    public bool IsWatched { get; set; }

    /// <summary>The organisation that runs the board; may change. The group is its word and ends with it.</summary>
    public string? Owner
    {
        get => _owner;
        set
        {
            Group = value == _owner ? Group : null;
            _owner = value;
        }
    }

    /// <summary>What the owner calls the place of the board; null for none.</summary>
    public string? Group { get; set; }

    /// <summary>Where accepted evidence last came from; null since the start, or a rekey, until some came.</summary>
    public AddressMark? Address
    {
        get => Volatile.Read(ref _address);
        set => Volatile.Write(ref _address, value);
    }

    /// <summary>What was heard of it after it left service.</summary>
    public AlarmCounter Alarms
    {
        get => Volatile.Read(ref _alarms);
        set => Volatile.Write(ref _alarms, value);
    }

    /// <summary>The parsed public key while the key cache keeps it.</summary>
    public P256DeviceKey? ParsedKey { get; set; }

    /// <summary>State as of the last commit: what everybody reads.</summary>
    public DeviceState State => Volatile.Read(ref _state);

    /// <summary>State with the changes of the running transaction: only the writer thread looks at it.</summary>
    public DeviceState Newest => _staged ?? _state;

    /// <summary>Refusals of evidence that came over this device's own authenticated connection.</summary>
    public RefusalCounter Refusals => Volatile.Read(ref _refusals);

    /// <summary>Row of history that the shown verdict stands in; null before the first.</summary>
    public long? Appraisal => Volatile.Read(ref _appraisal) is var seq and > 0 ? seq : null;

    /// <summary>Takes one message from the board's budget, which outlives its connections: GCRA, of which one moment is kept. Calls that cross
    /// let one message more through.</summary>
    /// <param name="nowMs">Milliseconds that never go back.</param>
    /// <param name="perSecond">How many come back each second.</param>
    /// <param name="burst">How many may come at once.</param>
    public bool TakeMessage(long nowMs, int perSecond, int burst)
    {
        // In microseconds, so that a thousand messages a second are not one each millisecond.
        long now = nowMs * 1000;
        long cost = 1_000_000 / perSecond;
        long until = Math.Max(Volatile.Read(ref _messagesUntil), now) + cost;
        bool isWithin = until - now <= cost * burst;
        if (isWithin)
        {
            Volatile.Write(ref _messagesUntil, until);
        }

        return isWithin;
    }

    /// <summary>True when key and transport credential are those of <paramref name="other"/>, an entry of the same board.</summary>
    public bool HasKeysOf(DeviceEntry other) =>
        Identity.Kid == other.Identity.Kid
        && CryptographicOperations.FixedTimeEquals(KeyMaterial, other.KeyMaterial)
        && CryptographicOperations.FixedTimeEquals(CredentialHash, other.CredentialHash);

    /// <summary>Takes over what another verifier stored of the same board and key, on the writer thread while nothing is staged.</summary>
    public void Adopt(DeviceEntry read)
    {
        Owner = read.Owner;
        Group = read.Group;
        Volatile.Write(ref _state, read.State);
        RestoreAppraisal(read.Appraisal);
        RestoreRefusals(read.Refusals);
    }

    public void Stage(DeviceState next) => _staged = next;

    /// <summary>The new row of history, on the writer thread.</summary>
    public void StageAppraisal(long seq) => _stagedAppraisal = seq;

    public void Publish()
    {
        if (_stagedAppraisal > 0)
        {
            Volatile.Write(ref _appraisal, _stagedAppraisal);
            _stagedAppraisal = 0;
        }

        if (_staged is { } staged)
        {
            Volatile.Write(ref _state, staged);
            _staged = null;
        }
    }

    public void Drop()
    {
        _staged = null;
        _stagedAppraisal = 0;
    }

    /// <summary>Counts a refusal, on the writer thread.</summary>
    public void CountRefusal(RefusalCode code) => Volatile.Write(ref _refusals, new RefusalCounter(_refusals.Count + 1, code.ToString()));

    public void RestoreAppraisal(long? seq) => Volatile.Write(ref _appraisal, seq ?? 0);

    public void RestoreRefusals(RefusalCounter refusals) => Volatile.Write(ref _refusals, refusals);
}
