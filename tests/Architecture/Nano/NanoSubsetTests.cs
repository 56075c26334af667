using IotAttest.Architecture.Tests.Nano.Stubs;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace IotAttest.Architecture.Tests.Nano;

/// <summary>The code that boards compile too stays inside what their interpreter runs rightly.</summary>
public sealed class NanoSubsetTests
{
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
        { nameof(RefusedFixtures.FixedBuffer), "Fixed" },
        { nameof(RefusedFixtures.FixedArray), "Fixed" },
        { nameof(RefusedFixtures.SizeOfStruct), "Unsafe" },
        { nameof(RefusedFixtures.StackBuffer), "Stackalloc" },
        { nameof(RefusedFixtures.CallThroughPointer), "FunctionPointer" },
        { nameof(RefusedFixtures.AsyncMethod), "Async" },
        { nameof(RefusedFixtures.EnumText), "EnumToString" },
        { nameof(RefusedFixtures.VolatileField), "Volatile" },
        { nameof(RefusedFixtures.ZeroInText), "ZeroInString" },
        { nameof(RefusedFixtures.MixedRemainder), "MixedSignRemainder" },
        { nameof(RefusedFixtures.CastThenRemainder), "MixedSignRemainder" },
        { nameof(RefusedFixtures.CastThenLongRemainder), "MixedSignRemainder" },
        { nameof(RefusedFixtures.CastThenShift), "NoOpCast" },
        { nameof(RefusedFixtures.CastThenLongShift), "NoOpCast" },
        { nameof(RefusedFixtures.CastThenWiden), "NoOpCast" },
        { nameof(RefusedFixtures.CastOfChoice), "NoOpCast" },
        { nameof(RefusedFixtures.FileAtStart), "StaticConstructorIo" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void The_lint_refuses(string fixture, string rule)
    {
        IEnumerable<Finding> findings = NanoSubset.Lint(Fixture(fixture), api: null);

        Assert.Contains(findings, finding => finding.Rule == rule && finding.Place.Contains(fixture, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(nameof(RefusedFixtures.LibraryGap), "System.String::Join(System.String,System.String[])")]
    [InlineData(nameof(RefusedFixtures.ConstructorGap), "System.Diagnostics.Stopwatch::.ctor()")]
    [InlineData(nameof(RefusedFixtures.CatchGap), "System.OverflowException")]
    [InlineData(nameof(RefusedFixtures.TypeGap), "System.DateTimeOffset")]
    public void The_lint_refuses_what_boards_lack(string fixture, string member)
    {
        IEnumerable<Finding> findings = NanoSubset.Lint(Fixture(fixture), Listing());

        Assert.Contains(findings, finding => finding.Rule == "MissingOnBoards" && finding.Seen == member);
    }

    [Fact]
    public void The_lint_lets_good_code_pass()
    {
        string source = Path.Combine(Checkout.Root, "tests", "Architecture", "Nano", "AcceptedFixture.cs");

        TypeDefinition[] types = [.. BoardCompiler.Module(source).Types];

        Assert.Contains(types, type => type.FullName == typeof(AcceptedFixture).FullName);
        Assert.Empty(types.SelectMany(type => NanoSubset.Lint(type, Listing())));
    }

    [Theory]
    [InlineData(Code.Arglist, "UnsupportedInstruction")]
    [InlineData(Code.Cpblk, "UnsupportedInstruction")]
    [InlineData(Code.Initblk, "UnsupportedInstruction")]
    [InlineData(Code.Jmp, "UnsupportedInstruction")]
    [InlineData(Code.Ckfinite, "UnsupportedInstruction")]
    [InlineData(Code.Mkrefany, "UnsupportedInstruction")]
    [InlineData(Code.Refanytype, "UnsupportedInstruction")]
    [InlineData(Code.Refanyval, "UnsupportedInstruction")]
    [InlineData(Code.Readonly, "UnsupportedInstruction")]
    [InlineData(Code.Localloc, "Stackalloc")]
    [InlineData(Code.Calli, "FunctionPointer")]
    public void The_lint_refuses_an_instruction(Code code, string rule)
    {
        TypeDefinition type = EmptyType(out ModuleDefinition module);
        MethodDefinition method = new("Run", MethodAttributes.Static, module.TypeSystem.Void);
        type.Methods.Add(method);
        Instruction instruction = Instruction.Create(OpCodes.Nop);
        instruction.OpCode = typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!).Single(known => known.Code == code);
        instruction.Operand = code switch
        {
            Code.Jmp => method,
            Code.Calli => new CallSite(module.TypeSystem.Void),
            Code.Mkrefany or Code.Refanyval => module.TypeSystem.Int32,
            _ => null,
        };
        method.Body.Instructions.Add(instruction);

        Assert.Equal([rule], NanoSubset.Lint(type, api: null).Select(finding => finding.Rule));
    }

    [Theory]
    [InlineData(65534, 0)]
    [InlineData(65535, 1)]
    public void An_initialiser_has_fewer_than_65535_bytes(int length, int expected)
    {
        TypeDefinition type = EmptyType(out ModuleDefinition module);
        type.Fields.Add(new FieldDefinition("Data", FieldAttributes.Static, module.TypeSystem.Int32) { InitialValue = new byte[length] });

        Assert.Equal(expected, NanoSubset.Lint(type, api: null).Count(finding => finding.Rule == "Initialiser"));
    }

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
        Finding[] findings = [.. BoardCompiler.Modules().SelectMany(module => module.Types).SelectMany(type => NanoSubset.Lint(type, Listing()))];

        Assert.True(findings.Length == 0, string.Join('\n', findings.AsEnumerable()));
    }

    private static ApiListing Listing() => ApiListing.Read(BoardCompiler.ListingPath);

    private static ModuleDefinition TestModule() => Checkout.Open(typeof(NanoSubsetTests).Assembly.Location);

    private static TypeDefinition Fixture(string name) =>
        TestModule().GetType(typeof(RefusedFixtures).FullName).NestedTypes.Single(type => type.Name == name);

    private static TypeDefinition EmptyType(out ModuleDefinition module)
    {
        module = ModuleDefinition.CreateModule("empty", ModuleKind.Dll);
        return new TypeDefinition("IotAttest", "Empty", TypeAttributes.Class, module.TypeSystem.Object);
    }
}
