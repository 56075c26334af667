namespace IotAttest.Cli.Demo;

/// <summary>Where the demo is told: a live screen for a person, or plain lines.</summary>
internal interface IDemoStage
{
    /// <summary>Time to read before the next step; none where nobody watches.</summary>
    TimeSpan ReadingTime { get; }

    /// <summary>Says a line.</summary>
    void Tell(string line);

    /// <summary>Shows the fleet as it is now.</summary>
    void Show(IReadOnlyList<FleetRow> rows);
}
