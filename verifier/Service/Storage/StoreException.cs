namespace IotAttest.Service.Storage;

/// <summary>The store cannot do its work: disk full, file damaged, another process holds it.</summary>
public sealed class StoreException : Exception
{
    public StoreException(string message)
        : base(message)
    {
    }

    public StoreException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public StoreException()
    {
    }
}
