using IotAttest.Service.Devices;
using IotAttest.Service.Mqtt;

namespace IotAttest.Service.Brokers;

/// <summary>Boards that are connected to something between them and the verifier, which does not tell who is there.</summary>
internal interface IRemoteBoards : IListeningBoards
{
    /// <summary>Notes that the board was heard now.</summary>
    BrokerBoard Hear(DeviceEntry device);
}
