using IotAttest.Service.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Storage;

internal static class StorageRegistration
{
    public static IServiceCollection AddStorage(this IServiceCollection services, string dataDirectory) => services
        .AddSingleton(_ => new DataDirectory(dataDirectory))
        .AddSingleton<Database, SqliteDatabase>()
        .AddSingleton<SecretBox>()
        .AddSingleton<StoreWriter>();
}
