using System.Diagnostics;
using IotAttest.Support;

namespace IotAttest.Protocol.Tests;

public sealed class VectorFilesTests
{
    [RequiresToolFact("python3")]
    public void Generated_vectors_are_up_to_date() => Run("--check", Tools.Find("python3")!);

    [RequiresToolFact("python3:cbor2")]
    public void Another_implementation_reads_the_accepted_vectors() => Run("--cross-check", Tools.Find("python3:cbor2")!);

    [Fact]
    public void Refused_vectors_outnumber_accepted_ones_and_name_a_status()
    {
        List<string> refused = [.. EvidenceVectors.NamesExpecting(expect => expect != "accept")];
        List<string> accepted = [.. EvidenceVectors.NamesExpecting(expect => expect == "accept")];

        Assert.True(refused.Count > accepted.Count, $"{refused.Count} refused, {accepted.Count} accepted");
        Assert.Empty(EvidenceVectors.NamesExpecting(expect => expect != "accept" && !Enum.TryParse<DecodeStatus>(expect, out _)));
    }

    private static void Run(string argument, string python)
    {
        ProcessStartInfo start = new(python, ["-B", SharedData.OwnVector("make.py"), argument]) { RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();

        Assert.True(process.ExitCode == 0, errors);
    }
}
