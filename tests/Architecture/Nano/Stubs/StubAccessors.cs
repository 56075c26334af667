using Mono.Cecil;

namespace IotAttest.Architecture.Tests.Nano.Stubs;

/// <summary>Joins the methods <c>get_X</c> and <c>set_X</c> to properties, <c>add_X</c> and <c>remove_X</c> to events.</summary>
internal static class StubAccessors
{
    public static void Join(TypeDefinition type)
    {
        foreach (MethodDefinition method in type.Methods.Where(method => method.IsSpecialName).ToArray())
        {
            int underscore = method.Name.IndexOf('_', StringComparison.Ordinal);
            string name = method.Name[(underscore + 1)..];
            switch (underscore < 0 ? "" : method.Name[..underscore])
            {
                case "get":
                    Property(type, name, method.ReturnType, method.Parameters).GetMethod = method;
                    break;
                case "set":
                    Property(type, name, method.Parameters[^1].ParameterType, method.Parameters.SkipLast(1)).SetMethod = method;
                    break;
                case "add":
                    Event(type, name, method.Parameters[0].ParameterType).AddMethod = method;
                    break;
                case "remove":
                    Event(type, name, method.Parameters[0].ParameterType).RemoveMethod = method;
                    break;
                default:
                    break;
            }
        }
    }

    private static PropertyDefinition Property(TypeDefinition type, string name, TypeReference of, IEnumerable<ParameterDefinition> index)
    {
        ParameterDefinition[] parameters = [.. index];
        PropertyDefinition? property = type.Properties.FirstOrDefault(known => known.Name == name
            && known.Parameters.Select(Name).SequenceEqual(parameters.Select(Name)));
        if (property is null)
        {
            property = new PropertyDefinition(name, PropertyAttributes.None, of);
            foreach (ParameterDefinition parameter in parameters)
            {
                property.Parameters.Add(new ParameterDefinition(parameter.ParameterType));
            }

            type.Properties.Add(property);
        }

        return property;
    }

    private static string Name(ParameterDefinition parameter) => parameter.ParameterType.FullName;

    private static EventDefinition Event(TypeDefinition type, string name, TypeReference of)
    {
        EventDefinition? found = type.Events.FirstOrDefault(known => known.Name == name);
        if (found is null)
        {
            found = new EventDefinition(name, EventAttributes.None, of);
            type.Events.Add(found);
        }

        return found;
    }
}
