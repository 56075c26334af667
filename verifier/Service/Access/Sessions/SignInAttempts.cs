using System.Net;

namespace IotAttest.Service.Access.Sessions;

/// <summary>How often one address may try tokens that nobody has. Who signs in with a good one is never slowed down.</summary>
internal sealed class SignInAttempts(TimeProvider clock)
{
    public const int MaxFailures = 10;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>Addresses that are remembered at once; the oldest are forgotten first.</summary>
    private const int MaxAddresses = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, (DateTimeOffset Since, int Failures)> _byAddress = [];

    public bool MayTry(IPAddress? address)
    {
        lock (_lock)
        {
            return Failures(address ?? IPAddress.None) < MaxFailures;
        }
    }

    public void NoteFailure(IPAddress? address)
    {
        lock (_lock)
        {
            IPAddress key = address ?? IPAddress.None;
            int failures = Failures(key);
            DateTimeOffset now = clock.GetUtcNow();
            if (_byAddress.Count >= MaxAddresses && !_byAddress.ContainsKey(key))
            {
                _byAddress.Remove(_byAddress.MinBy(pair => pair.Value.Since).Key);
            }

            _byAddress[key] = failures == 0 ? (now, 1) : (_byAddress[key].Since, failures + 1);
        }
    }

    private int Failures(IPAddress address) =>
        _byAddress.TryGetValue(address, out (DateTimeOffset Since, int Failures) known) && clock.GetUtcNow() < known.Since + Window ? known.Failures : 0;
}
