using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Verification;

internal static class VerificationRegistration
{
    public static IServiceCollection AddVerification(this IServiceCollection services) => services.AddSingleton<FileInspector>().AddSingleton<RecordVerifier>().AddSingleton<ReceiptVerifier>();
}
