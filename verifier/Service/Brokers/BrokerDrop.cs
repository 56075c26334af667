namespace IotAttest.Service.Brokers;

/// <summary>Why a message from the broker was taken off it without being looked at.</summary>
internal enum BrokerDrop
{
    /// <summary>Its topic is none that a board writes.</summary>
    WrongTopic = 0,

    /// <summary>Its topic names no enrolled board.</summary>
    UnknownBoard = 1,

    /// <summary>The board sent more than its budget.</summary>
    TooMany = 2,

    /// <summary>A hello that was retained: whoever said it may be long gone.</summary>
    Retained = 3,
}
