namespace IotAttest.Service.Tests;

/// <summary>Evidence that must be refused.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Status">The answer over HTTP.</param>
/// <param name="Code">The word in the answer, and beside the verdict when the transport authenticated the board.</param>
/// <param name="MakeAsync">Makes it with a nonce that is fresh unless the nonce is what is wrong.</param>
internal sealed record RefusalCase(string Name, int Status, string Code, Func<Task<byte[]>> MakeAsync)
{
    public RefusalCase(string name, int status, string code, byte[] bytes)
        : this(name, status, code, () => Task.FromResult(bytes))
    {
    }

    public override string ToString() => Name;
}
