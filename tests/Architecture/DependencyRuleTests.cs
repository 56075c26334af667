using Mono.Cecil;

namespace IotAttest.Architecture.Tests;

/// <summary><c>Boards -> Agent -> Protocol &lt;- Domain &lt;- Service</c>; firmware and verifier never see each other.</summary>
public sealed class DependencyRuleTests
{
    // The one place that composes both worlds: `demo` and `simulate` run boards against a verifier.
    private const string CompositionRoot = "verifier/Cli/IotAttest.Cli.csproj";
    private const string Protocol = "shared/Protocol/IotAttest.Protocol";
    private const string Domain = "verifier/Domain/IotAttest.Domain";

    private static readonly string[] NotInDomain = ["Microsoft.AspNetCore", "Dapper", "System.Net.Sockets", "System.Net.Http", "Microsoft.Data"];

    private static readonly string[] InputOutputTypes =
    [
        "System.IO.File", "System.IO.FileStream", "System.IO.FileInfo", "System.IO.Directory", "System.IO.DirectoryInfo",
        "System.IO.StreamReader", "System.IO.StreamWriter", "System.Console", "System.Diagnostics.Process",
    ];

    private static readonly string[] Clocks = ["get_Now", "get_UtcNow", "get_Today"];

    [Fact]
    public void Firmware_and_verifier_projects_never_reference_each_other() =>
        Assert.Empty(Checkout.Projects.SelectMany(project => Checkout.ReferencesOf(project).Where(reference => Crosses(project, reference)).Select(reference => $"{project} -> {reference}")));

    [Theory]
    [InlineData("firmware/Agent/A.csproj", "verifier/Domain/D.csproj", true)]
    [InlineData("verifier/Service/S.csproj", "firmware/Agent/A.csproj", true)]
    [InlineData("verifier/Domain/D.csproj", "verifier/Service/S.csproj", true)]
    [InlineData("verifier/Domain/D.csproj", "verifier/Mqtt/M.csproj", true)]
    [InlineData("verifier/Conformance/C.csproj", "verifier/Service/S.csproj", true)]
    [InlineData("verifier/Conformance/C.csproj", "firmware/Simulator/S.csproj", true)]
    [InlineData("verifier/Domain/D.csproj", "verifier/Conformance/C.csproj", true)]
    [InlineData("shared/Protocol/P.csproj", "verifier/Domain/D.csproj", true)]
    [InlineData("firmware/Agent/A.csproj", "firmware/Boards/esp32/B.csproj", true)]
    [InlineData("verifier/Service/S.csproj", "verifier/Cli/C.csproj", true)]
    [InlineData("firmware/Agent/A.csproj", "shared/Protocol/P.csproj", false)]
    [InlineData("verifier/Domain/D.csproj", "shared/Protocol/P.csproj", false)]
    [InlineData("verifier/Service/S.csproj", "verifier/Domain/D.csproj", false)]
    [InlineData("verifier/Service/S.csproj", "verifier/Conformance/C.csproj", false)]
    [InlineData("verifier/Conformance/C.csproj", "verifier/Mqtt/M.csproj", false)]
    [InlineData(CompositionRoot, "firmware/Simulator/S.csproj", false)]
    [InlineData("firmware/Simulator/S.csproj", "firmware/Agent/A.csproj", false)]
    public void The_rule_knows_the_direction(string project, string reference, bool expected) => Assert.Equal(expected, Crosses(project, reference));

    [Fact]
    public void Firmware_and_verifier_assemblies_never_reference_each_other()
    {
        string[] firmware = [.. NamesUnder("firmware/")];
        string[] verifier = [.. NamesUnder("verifier/")];

        Assert.Empty(Broken("firmware/", verifier));
        Assert.Empty(Broken("verifier/", firmware));
    }

    [Fact]
    public void Protocol_references_the_core_library_only() =>
        Assert.All(References(Protocol), name => Assert.Contains(name, new[] { "System.Runtime", "System.Private.CoreLib" }));

    [Fact]
    public void Domain_references_neither_hosts_nor_stores_nor_sockets() =>
        Assert.DoesNotContain(References(Domain), name => NotInDomain.Any(forbidden => name.StartsWith(forbidden, StringComparison.Ordinal)));

    [Fact]
    public void Domain_does_no_input_or_output_and_reads_no_clock()
    {
        ModuleDefinition module = Checkout.Open(Built(Domain));
        IEnumerable<string> types = module.GetTypeReferences().Select(type => type.FullName).Where(InputOutputTypes.Contains);
        IEnumerable<string> members = module.GetMemberReferences().Where(member => ReadsClock(member) || ReadsEnvironment(member)).Select(member => member.FullName);

        Assert.Empty(types.Concat(members));
    }

    [Fact]
    public void The_rule_on_clocks_can_fail()
    {
        ModuleDefinition module = Checkout.Open(typeof(DependencyRuleTests).Assembly.Location);
        MethodReference now = module.ImportReference(typeof(DateTimeOffset).GetProperty(nameof(DateTimeOffset.UtcNow))!.GetMethod);
        MethodReference date = module.ImportReference(typeof(DateTimeOffset).GetProperty(nameof(DateTimeOffset.Date))!.GetMethod);

        Assert.True(ReadsClock(now));
        Assert.False(ReadsClock(date));
    }

    private static bool Crosses(string project, string reference)
    {
        string[] allowed = project switch
        {
            _ when project.StartsWith("tests/", StringComparison.Ordinal) => [""],
            CompositionRoot => ["shared/", "verifier/", "firmware/Simulator/", "firmware/Agent/"],
            _ when project.StartsWith("shared/", StringComparison.Ordinal) => [],
            _ when project.StartsWith("firmware/Agent/", StringComparison.Ordinal) => ["shared/", "firmware/Simulator/NanoFramework/"],
            _ when project.StartsWith("firmware/", StringComparison.Ordinal) => ["shared/", "firmware/"],
            _ when project.StartsWith("verifier/Domain/", StringComparison.Ordinal) => ["shared/"],
            _ when project.StartsWith("verifier/Mqtt/", StringComparison.Ordinal) => ["shared/"],
            _ when project.StartsWith("verifier/Conformance/", StringComparison.Ordinal) => ["shared/", "verifier/Domain/", "verifier/Mqtt/"],
            _ => ["shared/", "verifier/Domain/", "verifier/Mqtt/", "verifier/Conformance/"],
        };
        return !allowed.Any(folder => reference.StartsWith(folder, StringComparison.Ordinal));
    }

    private static IEnumerable<string> NamesUnder(string folder) =>
        Checkout.Projects.Where(project => project.StartsWith(folder, StringComparison.Ordinal)).Select(project => Path.GetFileNameWithoutExtension(project));

    private static IEnumerable<string> Broken(string folder, string[] forbidden) =>
        from project in Checkout.Projects
        where project.StartsWith(folder, StringComparison.Ordinal) && project != CompositionRoot
        let assembly = Checkout.FindAssembly(project[..^".csproj".Length])
        where assembly is not null
        from reference in Checkout.Open(assembly).AssemblyReferences
        where forbidden.Contains(reference.Name)
        select $"{project} -> {reference.Name}";

    private static IEnumerable<string> References(string project) => Checkout.Open(Built(project)).AssemblyReferences.Select(reference => reference.Name);

    private static string Built(string project) =>
        Checkout.FindAssembly(project) ?? throw new InvalidOperationException($"{project} is not built: build the solution first.");

    // The compiler itself asks for the thread in every iterator; nothing else of the environment is for Domain.
    private static bool ReadsEnvironment(MemberReference member) =>
        member.DeclaringType?.FullName == "System.Environment" && member.Name != "get_CurrentManagedThreadId";

    private static bool ReadsClock(MemberReference member) =>
        member.DeclaringType?.FullName is "System.DateTime" or "System.DateTimeOffset" && Clocks.Contains(member.Name);
}
