using System.Security.Cryptography.X509Certificates;
using IotAttest.Domain.Boards;
using IotAttest.Simulator;

namespace IotAttest.Cli.Simulation;

/// <summary>What all boards of a simulation share.</summary>
internal sealed record SimulationPlan
{
    public required BoardDescription Board { get; init; }

    /// <summary>The files that were flashed, by region; empty for self-reported boards.</summary>
    public required IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files { get; init; }

    /// <summary>What self-reported boards say that they run; null for what this process is made of.</summary>
    public Agent.InventoryText? Inventory { get; init; }

    /// <summary>The words of enrolment.</summary>
    public required BoardEnrolmentTerms Terms { get; init; }

    public required BoardKeyType KeyType { get; init; }

    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>The CA of the MQTT server; null for a plain connection.</summary>
    public X509Certificate2? Ca { get; init; }

    /// <summary>Has the C++ core make the evidence; null for the C# encoder.</summary>
    public NativeBoardLibrary? NativeLibrary { get; init; }

    public bool IsSelfReported => Terms.Strength == BoardEnrolmentTerms.SelfReported;
}
