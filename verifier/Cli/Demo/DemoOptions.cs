namespace IotAttest.Cli.Demo;

/// <summary>How the demo runs.</summary>
/// <param name="DataDirectory">Where everything is kept, or null for a temporary folder that goes away.</param>
/// <param name="EndsByItself">True for one pass of the story, false to run on until Ctrl-C.</param>
/// <param name="AppliesTampering">False only in the test that shows how the demo fails.</param>
internal sealed record DemoOptions(string? DataDirectory, bool EndsByItself, bool AppliesTampering);
