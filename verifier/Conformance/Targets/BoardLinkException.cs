namespace IotAttest.Conformance;

/// <summary>The way to the board is gone: the fault of a network or a broker, never a finding about the board.</summary>
public sealed class BoardLinkException : Exception
{
    public BoardLinkException()
    {
    }

    public BoardLinkException(string message)
        : base(message)
    {
    }

    public BoardLinkException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
