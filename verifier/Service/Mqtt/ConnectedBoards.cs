using IotAttest.Domain.Freshness;
using IotAttest.Mqtt;
using IotAttest.Protocol;

namespace IotAttest.Service.Mqtt;

/// <summary>The boards that are connected to the verifier itself.</summary>
internal sealed class ConnectedBoards(MqttSessionDirectory sessions) : IListeningBoards
{
    public IEnumerable<IBoardListener> Listening
    {
        get
        {
            foreach (MqttSession session in sessions)
            {
                if (session.State is BoardSession board && session.IsSubscribed(board.Topics.Challenge))
                {
                    yield return board;
                }
            }
        }
    }

    public void Announce(EpochMarker marker)
    {
        foreach (MqttSession session in sessions)
        {
            if (session.IsSubscribed(Topics.Epoch))
            {
                session.TryPublish(Topics.Epoch, marker.Bytes, MqttQualityOfService.AtLeastOnce, retain: false);
            }
        }
    }
}
