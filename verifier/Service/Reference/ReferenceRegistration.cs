using System.Data.Common;
using IotAttest.Service.Storage;
using IotAttest.Service.Storage.Sharing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Reference;

internal static class ReferenceRegistration
{
    public static IServiceCollection AddReferenceValues(this IServiceCollection services) => services
        .AddSingleton<SignedFileCheck>()
        .AddSingleton<ReferencePublisher>()
        .AddSingleton<IStoreFollower, ReferenceFollower>()
        .AddSingleton(Load);

    private static ReferenceDirectory Load(IServiceProvider services)
    {
        ReferenceDirectory directory = new();
        using DbConnection connection = services.GetRequiredService<Database>().Open();
        foreach (string manufacturer in ReferenceLoader.Manufacturers(connection).ToList())
        {
            directory.Replace(manufacturer, ReferenceLoader.Load(connection, null, manufacturer));
        }

        return directory;
    }
}
