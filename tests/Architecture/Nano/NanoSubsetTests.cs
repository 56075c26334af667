using IotAttest.Support;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace IotAttest.Architecture.Tests.Nano;

/// <summary>The code that boards compile too stays inside what their interpreter runs rightly.</summary>
public sealed class NanoSubsetTests
{
    private const string ListingPath = "reference/nanoframework-api.txt";
    private static readonly string[] BoardAssemblies = ["shared/Protocol/IotAttest.Protocol", "firmware/Agent/IotAttest.Agent"];

    public static TheoryData<string, string> Refused => new()
    {
        { nameof(RefusedFixtures.IWithDefault), "DefaultInterfaceMethod" },
        { "GenericType`1", "GenericParameter" },
        { nameof(RefusedFixtures.GenericMethod), "GenericParameter" },
        { nameof(RefusedFixtures.ClosedGeneric), "GenericInstance" },
        { nameof(RefusedFixtures.GenericCall), "GenericInstance" },
        { nameof(RefusedFixtures.NullableValue), "Nullable" },
        { nameof(RefusedFixtures.TwoDimensions), "MultiDimensionalArray" },
        { nameof(RefusedFixtures.CheckedSum), "Checked" },
        { nameof(RefusedFixtures.CheckedCast), "Checked" },
        { nameof(RefusedFixtures.PointerRead), "Pointer" },
        { nameof(RefusedFixtures.StackBuffer), "Stackalloc" },
        { nameof(RefusedFixtures.CallThroughPointer), "FunctionPointer" },
        { nameof(RefusedFixtures.AsyncMethod), "Async" },
        { nameof(RefusedFixtures.EnumText), "EnumToString" },
        { nameof(RefusedFixtures.VolatileField), "Volatile" },
        { nameof(RefusedFixtures.ZeroInText), "ZeroInString" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void The_lint_refuses(string fixture, string rule)
    {
        IEnumerable<Finding> findings = NanoSubset.Lint(Fixture(fixture), api: null);

        Assert.Contains(findings, finding => finding.Rule == rule && finding.Place.Contains(fixture, StringComparison.Ordinal));
    }

    [RequiresSharedDataTheory(ListingPath)]
    [InlineData(nameof(RefusedFixtures.LibraryGap), "System.String::Join(System.String,System.String[])")]
    [InlineData(nameof(RefusedFixtures.ConstructorGap), "System.Diagnostics.Stopwatch::.ctor()")]
    [InlineData(nameof(RefusedFixtures.CatchGap), "System.OverflowException")]
    [InlineData(nameof(RefusedFixtures.TypeGap), "System.DateTimeOffset")]
    public void The_lint_refuses_what_boards_lack(string fixture, string member)
    {
        IEnumerable<Finding> findings = NanoSubset.Lint(Fixture(fixture), Listing());

        Assert.Contains(findings, finding => finding.Rule == "MissingOnBoards" && finding.Seen == member);
    }

    [RequiresSharedDataFact(ListingPath)]
    public void The_lint_lets_good_code_pass() => Assert.Empty(NanoSubset.Lint(TestModule().GetType(typeof(AcceptedFixture).FullName), Listing()));

    [Theory]
    [InlineData(249, 0)]
    [InlineData(250, 1)]
    public void A_method_has_fewer_than_250_locals(int locals, int expected)
    {
        TypeDefinition type = EmptyType(out ModuleDefinition module);
        MethodDefinition method = new("Run", MethodAttributes.Static, module.TypeSystem.Void);
        type.Methods.Add(method);
        for (int i = 0; i < locals; i++)
        {
            method.Body.Variables.Add(new VariableDefinition(module.TypeSystem.Int32));
        }

        Assert.Equal(expected, NanoSubset.Lint(type, api: null).Count(finding => finding.Rule == "Locals"));
    }

    [Theory]
    [InlineData(255, 0)]
    [InlineData(256, 1)]
    public void A_type_has_fewer_than_256_static_fields(int fields, int expected)
    {
        TypeDefinition type = EmptyType(out ModuleDefinition module);
        for (int i = 0; i < fields; i++)
        {
            type.Fields.Add(new FieldDefinition($"F{i}", FieldAttributes.Static, module.TypeSystem.Int32));
        }

        Assert.Equal(expected, NanoSubset.Lint(type, api: null).Count(finding => finding.Rule == "StaticFields"));
    }

    [Fact]
    public void Board_code_stays_in_the_subset()
    {
        ApiListing? api = File.Exists(SharedData.PathOf(ListingPath)) ? Listing() : null;
        string[] built = [.. BoardAssemblies.Select(Checkout.FindAssembly).OfType<string>()];

        Assert.Contains(built, path => Path.GetFileName(path) == "IotAttest.Protocol.dll");
        Finding[] findings = [.. built.SelectMany(path => Checkout.Open(path).Types)
            .Where(type => type.Namespace.StartsWith("IotAttest", StringComparison.Ordinal) || type.Name == "<PrivateImplementationDetails>")
            .SelectMany(type => NanoSubset.Lint(type, api))];
        Assert.True(findings.Length == 0, string.Join('\n', findings.AsEnumerable()));
    }

    private static ApiListing Listing() => ApiListing.Read(SharedData.PathOf(ListingPath));

    private static ModuleDefinition TestModule() => Checkout.Open(typeof(NanoSubsetTests).Assembly.Location);

    private static TypeDefinition Fixture(string name) =>
        TestModule().GetType(typeof(RefusedFixtures).FullName).NestedTypes.Single(type => type.Name == name);

    private static TypeDefinition EmptyType(out ModuleDefinition module)
    {
        module = ModuleDefinition.CreateModule("empty", ModuleKind.Dll);
        return new TypeDefinition("IotAttest", "Empty", TypeAttributes.Class, module.TypeSystem.Object);
    }
}
