namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>A decoder of bytes from outside, and what must hold for whatever it is given.</summary>
internal abstract class FuzzTarget
{
    public abstract string Name { get; }

    /// <summary>Real inputs, from the project's own vectors and encoders.</summary>
    public abstract IEnumerable<byte[]> Seeds { get; }

    /// <summary>Words of the format.</summary>
    public virtual byte[][] Words => [];

    /// <summary>Longest input that is tried.</summary>
    public virtual int MaxInputBytes => 4096;

    /// <summary>What may be allocated for an input without bytes, and for each of its bytes.</summary>
    public virtual long BaseBytes => 16 * 1024;

    /// <inheritdoc cref="BaseBytes"/>
    public virtual long BytesPerByte => 64;

    /// <summary>How long an input may take on a slow and busy machine.</summary>
    public virtual int BoundMicroseconds => 50_000;

    public abstract Outcome Decode(byte[] input);

    /// <summary>What must hold for an accepted input; throws when it does not.</summary>
    public virtual void CheckAccepted(byte[] input)
    {
    }

    /// <summary>Makes checksums right again in some of the inputs, so that what lies behind them is reached.</summary>
    public virtual void Repair(byte[] input, Random random)
    {
    }
}
