namespace IotAttest.Agent.Tests;

/// <summary>A native module that answers what a test wants; absent when <see cref="IsAbsent"/>.</summary>
internal sealed class FakeNativeModule : INativeModule
{
    public bool IsAbsent { get; set; }

    public byte[] Ueid { get; set; } = [0x01, .. Enumerable.Repeat((byte)0xA5, 16)];

    public int UeidAnswer { get; set; }

    public int BeginAnswer { get; set; }

    /// <summary>Steps that answer 1 before <see cref="StepAnswer"/>.</summary>
    public int Steps { get; set; } = 3;

    public int StepAnswer { get; set; }

    public byte[] Evidence { get; set; } = [0xD1, 0x84];

    /// <summary>Null is the length of <see cref="Evidence"/>.</summary>
    public int? FinishAnswer { get; set; }

    public List<string> Calls { get; } = [];

    public byte[]? Challenge { get; private set; }

    public int ReadUeid(byte[] ueid)
    {
        Note("ueid");
        Ueid.CopyTo(ueid, 0);
        return UeidAnswer;
    }

    public int Begin(byte[] challenge)
    {
        Note("begin");
        Challenge = [.. challenge];
        return BeginAnswer;
    }

    public int Step()
    {
        Note("step");
        return Calls.Count(call => call == "step") <= Steps ? 1 : StepAnswer;
    }

    public int Finish(byte[] evidence)
    {
        Note("finish");
        if (FinishAnswer is null)
        {
            Evidence.CopyTo(evidence, 0);
        }

        return FinishAnswer ?? Evidence.Length;
    }

    private void Note(string call)
    {
        if (IsAbsent)
        {
            throw new NotSupportedException();
        }

        Calls.Add(call);
    }
}
