using System;

namespace nanoFramework.Runtime.Native;

/// <summary>What the firmware says about itself; on .NET the words of no real board.</summary>
public static class SystemInfo
{
    public static Version Version { get; } = new Version(1, 17, 0, 0);

    public static string OEMString => "IotAttest simulator";

    public static string TargetName => "SIMULATOR";

    public static string Platform => "DOTNET";
}
