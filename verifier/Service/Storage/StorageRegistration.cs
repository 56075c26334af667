using IotAttest.Service.Hosting;
using IotAttest.Service.Storage.Postgres;
using IotAttest.Service.Storage.Sharing;
using IotAttest.Service.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Storage;

internal static class StorageRegistration
{
    public static IServiceCollection AddStorage(this IServiceCollection services, VerifierOptions options)
    {
        services.AddSingleton(_ => new DataDirectory(options.DataDirectory));
        if (options.Database is { } connectionString)
        {
            services.AddSingleton<Database>(_ => new PostgresDatabase(connectionString));
        }
        else
        {
            services.AddSingleton<Database, SqliteDatabase>();
        }

        return services.AddSingleton<SecretBox>().AddSingleton<StoreWriter>().AddHostedService<StoreFollowing>();
    }
}
