using IotAttest.Protocol;

namespace IotAttest.Domain.Corim.Documents;

/// <summary>environment-map.</summary>
internal static class EnvironmentReader
{
    internal static CorimEnvironment Read(DocumentCursor cursor)
    {
        CorimEnvironment environment = new();
        int count = cursor.Fields(key =>
        {
            switch (key)
            {
                case 0: environment = ReadClass(cursor, environment); break;
                case 1: environment = environment with { Instance = ValueReader.Tagged(cursor, ValueReader.Instances) }; break;
                case 2: environment = environment with { Group = ValueReader.Tagged(cursor, ValueReader.Groups) }; break;
                default: cursor.Fail(DecodeStatus.NotAllowed); break;
            }
        });
        if (count == 0)
        {
            cursor.Fail(DecodeStatus.Missing);
        }

        return environment;
    }

    private static CorimEnvironment ReadClass(DocumentCursor cursor, CorimEnvironment environment)
    {
        CorimEnvironment read = environment;
        int count = cursor.Fields(key =>
        {
            switch (key)
            {
                case 0: read = read with { ClassId = ValueReader.Tagged(cursor, ValueReader.ClassIds) }; break;
                case 1: read = read with { Vendor = cursor.Text() }; break;
                case 2: read = read with { Model = cursor.Text() }; break;
                case 3: read = read with { Layer = cursor.Unsigned() }; break;
                case 4: read = read with { Index = cursor.Unsigned() }; break;
                default: cursor.Fail(DecodeStatus.NotAllowed); break;
            }
        });
        if (count == 0)
        {
            cursor.Fail(DecodeStatus.Missing);
        }

        return read;
    }
}
