using Mono.Cecil;
using Mono.Cecil.Cil;

namespace IotAttest.Architecture.Tests.Nano.Stubs;

/// <summary>Gives stub types their members; every body throws.</summary>
internal sealed class StubMembers(StubTypes types)
{
    /// <summary>The field that every struct gets: without one the compiler would take an unassigned local of it for an assigned one.</summary>
    public const string StructField = "_stub";

    private const string ParamArray = "System.ParamArrayAttribute";
    private const string DefaultMember = "System.Reflection.DefaultMemberAttribute";

    public void Add(ApiType listed, TypeDefinition type)
    {
        if (listed.Kind == "enum")
        {
            const FieldAttributes Value = FieldAttributes.Public | FieldAttributes.SpecialName | FieldAttributes.RTSpecialName;
            type.Fields.Add(new FieldDefinition("value__", Value, types.Signature(type.Module, listed.Underlying!)));
        }
        else if (listed.Kind == "struct" && StubTypes.Primitive(type.Module.TypeSystem, listed.Name) is null)
        {
            type.Fields.Add(new FieldDefinition(StructField, FieldAttributes.Private, type.Module.TypeSystem.Int32));
        }

        foreach (ApiMember member in listed.Members)
        {
            if (member.Parameters is null)
            {
                type.Fields.Add(Field(member, type));
            }
            else
            {
                type.Methods.Add(Method(listed, member, type));
            }
        }

        StubAccessors.Join(type);
        AddIndexerName(type);
    }

    /// <summary>Gives a method a body that throws.</summary>
    public static void Throw(MethodDefinition method)
    {
        method.Body.GetILProcessor().Emit(OpCodes.Ldnull);
        method.Body.GetILProcessor().Emit(OpCodes.Throw);
    }

    private FieldDefinition Field(ApiMember member, TypeDefinition type)
    {
        FieldAttributes attributes = (member.Flags.Has("protected") ? FieldAttributes.Family : FieldAttributes.Public)
            | (member.Flags.Has("static") || member.Flags.Has("const") ? FieldAttributes.Static : 0)
            | (member.Flags.Has("const") ? FieldAttributes.Literal | FieldAttributes.HasDefault : 0)
            | (member.Flags.Has("readonly") ? FieldAttributes.InitOnly : 0);
        FieldDefinition field = new(member.Name, attributes, types.Signature(type.Module, member.Type));
        if (member.Value is not null && member.Flags.Has("const"))
        {
            field.Constant = StubConstant.Parse(member.Value, ValueType(member.Type));
        }

        return field;
    }

    private MethodDefinition Method(ApiType listed, ApiMember member, TypeDefinition type)
    {
        MethodDefinition method = new(member.Name, Attributes(listed, member), types.Signature(type.Module, member.Type));
        for (int index = 0; index < member.Parameters!.Count; index++)
        {
            method.Parameters.Add(Parameter(member, index, type.Module));
        }

        if (listed.Kind == "delegate")
        {
            method.ImplAttributes = MethodImplAttributes.Runtime;
        }
        else if (!method.IsAbstract)
        {
            Throw(method);
        }

        return method;
    }

    private static MethodAttributes Attributes(ApiType listed, ApiMember member)
    {
        ApiFlags flags = member.Flags;
        bool isAbstract = flags.Has("abstract") || (listed.Kind == "interface" && !flags.Has("static"));
        bool isNewSlot = isAbstract || flags.Has("virtual") || (listed.Kind == "delegate" && member.Name == "Invoke");
        bool isSpecial = member.Name == ".ctor" || member.Is("get_") || member.Is("set_") || member.Is("add_") || member.Is("remove_") || member.Is("op_");
        return MethodAttributes.HideBySig
            | (flags.Has("protected") ? MethodAttributes.Family : MethodAttributes.Public)
            | (flags.Has("static") ? MethodAttributes.Static : 0)
            | (isAbstract ? MethodAttributes.Abstract : 0)
            | (isNewSlot || flags.Has("override") ? MethodAttributes.Virtual : 0)
            | (isNewSlot && !flags.Has("override") ? MethodAttributes.NewSlot : 0)
            | (isSpecial ? MethodAttributes.SpecialName : 0)
            | (member.Name == ".ctor" ? MethodAttributes.RTSpecialName : 0);
    }

    private ParameterDefinition Parameter(ApiMember member, int index, ModuleDefinition module)
    {
        string type = member.Parameters![index];
        ParameterDefinition parameter = new($"p{index}", ParameterAttributes.None, types.Signature(module, type))
        {
            IsOut = member.Flags.Has("out", index),
        };
        if (member.Flags.DefaultOf(index) is { } text)
        {
            parameter.IsOptional = true;
            parameter.HasDefault = true;
            parameter.Constant = StubConstant.Parse(text, ValueType(type));
        }

        if (member.Flags.Has("params", index))
        {
            parameter.CustomAttributes.Add(new CustomAttribute(Constructor(module, ParamArray)));
        }

        return parameter;
    }

    private void AddIndexerName(TypeDefinition type)
    {
        if (type.Properties.FirstOrDefault(property => property.HasParameters) is not { } indexer)
        {
            return;
        }

        CustomAttribute named = new(Constructor(type.Module, DefaultMember, "System.String"));
        named.ConstructorArguments.Add(new CustomAttributeArgument(type.Module.TypeSystem.String, indexer.Name));
        type.CustomAttributes.Add(named);
    }

    private MethodReference Constructor(ModuleDefinition module, string attribute, params string[] parameters)
    {
        MethodReference constructor = new(".ctor", module.TypeSystem.Void, types.Token(module, attribute)) { HasThis = true };
        foreach (string parameter in parameters)
        {
            constructor.Parameters.Add(new ParameterDefinition(types.Signature(module, parameter)));
        }

        return constructor;
    }

    // An enum's constants are those of the type it is made of.
    private string ValueType(string name) => types.Find(name)?.Fields.FirstOrDefault(field => field.Name == "value__")?.FieldType.FullName ?? name;
}
