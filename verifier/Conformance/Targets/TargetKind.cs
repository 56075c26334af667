namespace IotAttest.Conformance;

/// <summary>What is tested.</summary>
public enum TargetKind
{
    /// <summary>A board of this program, running the agent's real sources.</summary>
    Simulated = 1,

    /// <summary>A board on a broker, or connected to the tool itself.</summary>
    Mqtt = 2,

    /// <summary>The files of a build alone.</summary>
    Manifest = 3,

    /// <summary>Evidence in files.</summary>
    Evidence = 4,
}
