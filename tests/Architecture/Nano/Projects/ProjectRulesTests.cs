namespace IotAttest.Architecture.Tests.Nano.Projects;

/// <summary>The board projects hold together; each rule refuses what breaks it.</summary>
public sealed class ProjectRulesTests
{
    private const string Vs = "firmware/nano/vs/";
    private const string Sdk = "firmware/nano/sdk/";
    private const string Agent = Vs + "IotAttest.Agent/IotAttest.Agent.nfproj";
    private const string AgentPackages = Vs + "IotAttest.Agent/packages.config";
    private const string AgentSdk = Sdk + "IotAttest.Agent/IotAttest.Agent.csproj";
    private const string Interop = Vs + "IotAttest.Interop/IotAttest.Interop.nfproj";
    private const string Boards = Vs + "IotAttest.Boards/IotAttest.Boards.nfproj";

    public static TheoryData<string, string, string, string> Broken => new()
    {
        { "Sources", Agent, @"..\..\..\Agent\BackOff.cs", @"..\..\..\Agent\BackOf.cs" },
        { "Sources", Agent, @"    <Compile Include=""..\..\..\Agent\BackOff.cs"" Link=""BackOff.cs"" />", "" },
        { "Sources", Agent, @"..\..\..\Agent\BackOff.cs", @"..\..\..\..\shared\Protocol\Ueid.cs" },
        { "Sources", Agent, @"..\..\BoardVersion.cs", @"..\..\Other.cs" },
        { "Sources", ProjectFiles.BoardVersion, "0.1.0.0", "0.1.1.0" },
        { "Imports", Agent, @"..\..\..\..\nf.proj.props", @"..\..\..\nf.proj.props" },
        { "Imports", Agent, "NFProjectSystem.CSharp.targets\"", "NFProjectSystem.targets\"" },
        { "Imports", Agent, @"  <Import Project=""..\..\..\..\nf.proj.props"" />", "" },
        { "TypeGuids", Agent, "{11A8DD76", "{11A8DD77" },
        { "Properties", Agent, "<AssemblyName>IotAttest.Agent<", "<AssemblyName>Agent<" },
        { "Properties", Agent, "<TargetFrameworkVersion>v1.0<", "<TargetFrameworkVersion>v2.0<" },
        { "Stubs", Interop, "<NFMDP_GENERATE_STUBS>true</NFMDP_GENERATE_STUBS>", "" },
        { "Stubs", Agent, "<OutputType>", "<NFMDP_GENERATE_STUBS>true</NFMDP_GENERATE_STUBS><OutputType>" },
        { "Guid", Agent, "<ProjectGuid>", "<ProjectGuid>x" },
        { "Solution", ProjectFiles.Solution, @"vs\IotAttest.Agent\IotAttest.Agent.nfproj", @"vs\IotAttest.Agent.nfproj" },
        { "Solution", ProjectFiles.Solution, "Project(\"{11A8DD76", "Project(\"{9A19103F" },
        { "Listing", ProjectFiles.SharedProps, "<NanoSystemNetVersion>1.11.60<", "<NanoSystemNetVersion>1.11.54<" },
        { "Packages", AgentPackages, "1.11.60", "1.11.54" },
        { "Packages", AgentPackages, "nanoFramework.System.Net", "nanoFramework.System.Text" },
        { "Packages", AgentPackages, "netnano1.0", "net10.0" },
        { "Packages", AgentPackages, "</packages>", "<package id=\"nanoFramework.System.Device.Wifi\" version=\"1.5.149\" targetFramework=\"netnano1.0\" /></packages>" },
        { "HintPath", Agent, @"nanoFramework.System.Net.1.11.60\lib", @"nanoFramework.System.Net.1.11.54\lib" },
        { "HintPath", Agent, @"lib\System.Net.dll", @"lib\System.Net.Http.dll" },
        { "HintPath", Agent, @"..\..\packages\nanoFramework.System.Net", @"..\packages\nanoFramework.System.Net" },
        { "HintPath", AgentPackages, "  <package id=\"nanoFramework.System.Net\" version=\"1.11.60\" targetFramework=\"netnano1.0\" />", "" },
        { "Projects", Boards, @"..\IotAttest.Protocol\IotAttest.Protocol.nfproj", @"..\IotAttest.Protocol\IotAttest.Agent.nfproj" },
        { "Projects", Boards, @"    <ProjectReference Include=""..\IotAttest.Protocol\IotAttest.Protocol.nfproj"" />", "" },
        { "Projects", Boards, @"..\IotAttest.Protocol\IotAttest.Protocol.nfproj", @"..\IotAttest.Agent\IotAttest.Agent.nfproj" },
        { "Projects", Vs + "IotAttest.Boards/packages.config", "  <package id=\"nanoFramework.M2Mqtt\" version=\"5.1.220\" targetFramework=\"netnano1.0\" />", "" },
        { "Sdk", AgentSdk, "BackOff.cs\"", "BackOf.cs\"" },
        { "Sdk", AgentSdk, "$(NanoSystemNetVersion)", "1.11.54" },
        { "Sdk", AgentSdk, "    <PackageReference Include=\"nanoFramework.System.Net\" Version=\"$(NanoSystemNetVersion)\" />", "" },
        { "Sdk", AgentSdk, "preview.11", "preview.12" },
        { "Sdk", AgentSdk, "<OutputType>Library<", "<OutputType>Exe<" },
        { "Sdk", AgentSdk, "<AssemblyName>IotAttest.Agent<", "<AssemblyName>Agent<" },
        { "Sdk", AgentSdk, "../IotAttest.Protocol/IotAttest.Protocol.csproj", "../IotAttest.Interop/IotAttest.Interop.csproj" },
        { "Sdk", AgentSdk, "netnano1.0", "net10.0" },
    };

    [Fact]
    public void The_projects_hold_together()
    {
        ProjectFiles files = ProjectFiles.Read();

        string[] findings = [.. ProjectRules.Check(files)];

        Assert.True(findings.Length == 0, string.Join('\n', findings));
        Assert.Equal(7, files.Legacy.Count());
        Assert.True(files.Sources.Count > 50);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_break_is_found(string rule, string file, string old, string changed)
    {
        ProjectFiles broken = ProjectFiles.Read().With(file, old, changed);

        Assert.Contains(ProjectRules.Check(broken), finding => finding.StartsWith($"{rule}: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_source_in_no_project_is_found() =>
        Assert.Contains("Sources: firmware/Agent/New.cs is in 0 projects, expected 1", ProjectRules.Check(ProjectFiles.Read().WithSource("firmware/Agent/New.cs")));

    [Fact]
    public void One_guid_for_two_projects_is_found()
    {
        ProjectFiles files = ProjectFiles.Read();
        NanoProject[] projects = [.. files.Legacy];

        ProjectFiles broken = files.With(projects[0].Path, projects[0].Properties["ProjectGuid"], projects[1].Properties["ProjectGuid"]);

        Assert.Contains(ProjectRules.Check(broken), finding => finding.StartsWith("Guid: ", StringComparison.Ordinal));
    }
}
