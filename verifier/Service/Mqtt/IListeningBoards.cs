using IotAttest.Domain.Freshness;

namespace IotAttest.Service.Mqtt;

/// <summary>One place where boards listen: the verifier's own endpoint, or a broker.</summary>
internal interface IListeningBoards
{
    /// <summary>The boards that would hear a challenge now; a moving picture.</summary>
    IEnumerable<IBoardListener> Listening { get; }

    /// <summary>Tells the boards of this place a new epoch marker.</summary>
    void Announce(EpochMarker marker);
}
