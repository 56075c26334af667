using IotAttest.Domain.Appraisal;
using IotAttest.Service.Access;
using IotAttest.Service.Access.CodeFlow;
using IotAttest.Service.Access.Sessions;
using IotAttest.Service.Advisories;
using IotAttest.Service.Appraisals;
using IotAttest.Service.Audit;
using IotAttest.Service.Brokers;
using IotAttest.Service.Builds;
using IotAttest.Service.Cases;
using IotAttest.Service.Certificates;
using IotAttest.Service.Cluster;
using IotAttest.Service.DeviceCertificates;
using IotAttest.Service.Devices;
using IotAttest.Service.Events;
using IotAttest.Service.Evidence;
using IotAttest.Service.Fleet;
using IotAttest.Service.Freshness;
using IotAttest.Service.Gate;
using IotAttest.Service.Health;
using IotAttest.Service.Laboratories;
using IotAttest.Service.Mqtt;
using IotAttest.Service.Organisations;
using IotAttest.Service.Problems;
using IotAttest.Service.Products;
using IotAttest.Service.Reference;
using IotAttest.Service.Registry;
using IotAttest.Service.Reports;
using IotAttest.Service.Results;
using IotAttest.Service.StatusLists;
using IotAttest.Service.Storage;
using IotAttest.Service.Storage.Sharing;
using IotAttest.Service.Telemetry;
using IotAttest.Service.Transfers;
using IotAttest.Service.Transparency;
using IotAttest.Service.Verification;
using IotAttest.Service.Web;
using IotAttest.Service.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Hosting;

/// <summary>Composes the verifier: one line per feature in <see cref="AddFeatures"/>, one in <see cref="MapFeatures"/>.</summary>
public static class VerifierApp
{
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(15);

    /// <summary>Makes the verifier, ready to start: the store is open, everything enrolled and submitted is in memory.</summary>
    /// <param name="options">What it is told.</param>
    /// <param name="configure">Changes services or logging before the verifier is built; a <see cref="TimeProvider"/> registered here is used.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option cannot be used.</exception>
    /// <exception cref="StoreException">The store cannot be opened.</exception>
    public static WebApplication Build(VerifierOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        VerifierOptionsCheck.Check(options);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(VerifierApp).Assembly.GetName().Name });
        builder.ConfigureHttp(options);
        builder.ConfigureMqtt(options);

        // The framework would log each address with its query, and an issuer sends its codes there; beside every record it would put the path, in which nodes of a cluster send their secret.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Routing", LogLevel.Warning);
        builder.Services.AddSingleton(options);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Drain + TimeToStop);
        AddFeatures(builder.Services, options);
        configure?.Invoke(builder);
        builder.ConfigureOtlp(options);
        builder.Services.TryAddSingleton(TimeProvider.System);
        WebApplication app = builder.Build();
        OpenStore(app);
        UsePipeline(app);
        MapFeatures(app);
        EndpointsBuiltOnce.ReplaceIn(app);
        return app;
    }

    private static void AddFeatures(IServiceCollection services, VerifierOptions options)
    {
        services.AddStorage(options);
        services.AddSingleton(PolicyOf(options));
        services.AddAccess();
        services.AddRateLimits(options);
        services.AddAudit();
        services.AddOrganisations();
        services.AddReferenceValues();
        services.AddAppraisals();
        services.AddDevices();
        services.AddFleet();
        services.AddDeviceCertificates();
        services.AddTransfers();
        services.AddBuilds();
        services.AddAdvisories();
        services.AddReports();
        services.AddCertificates();
        services.AddProducts();
        services.AddLaboratories();
        services.AddCases();
        services.AddRegistry();
        services.AddVerification();
        services.AddPages();
        services.AddFreshness();
        services.AddTransparency();
        services.AddStatusLists();
        services.AddEvents();
        services.AddWebhooks();
        services.AddEvidence();
        services.AddBoards(options);
        services.AddBroker(options);
        services.AddCluster(options);
        services.AddHealth();
    }

    private static void MapFeatures(WebApplication app)
    {
        app.MapOrganisations();
        app.MapTokens();
        app.MapAudit();
        app.MapDevices();
        app.MapDeviceCertificates();
        app.MapTransfers();
        app.MapBuilds();
        app.MapAdvisories();
        app.MapReports();
        app.MapCertificates();
        app.MapProducts();
        app.MapLaboratories();
        app.MapCases();
        app.MapRegistry();
        app.MapPages();
        app.MapFreshness();
        app.MapEvidence();
        app.MapAppraisals();
        app.MapGate();
        app.MapEvents();
        app.MapWebhooks();
        app.MapTransparency();
        app.MapStatusLists();
        app.MapResults();
        app.MapKeys();
        app.MapHealth();
        app.MapCluster();
    }

    /// <summary>A store, or a secret, that cannot be used is found now, not by the first request.</summary>
    private static void OpenStore(WebApplication app)
    {
        try
        {
            app.Services.GetRequiredService<StoreWriter>();
            app.Services.GetRequiredService<AccessTokens>();
            app.Services.GetRequiredService<TokenEndpoint>();
            app.Services.GetRequiredService<OrganisationDirectory>();
            app.Services.GetRequiredService<ReferenceDirectory>();
            app.Services.GetRequiredService<DeviceDirectory>();
            app.Services.GetRequiredService<PrometheusReader>();
            Share(app.Services);
        }
        catch
        {
            app.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }

    /// <summary>A store that other verifiers change too is followed from here on, by whatever holds a part of it in memory.</summary>
    private static void Share(IServiceProvider services)
    {
        Database database = services.GetRequiredService<Database>();
        if (database.IsShared)
        {
            SharedKeys.Require(database, services.GetRequiredService<SecretBox>(), services.GetRequiredService<VerifierKey>(), services.GetRequiredService<DataDirectory>());
            services.GetRequiredService<StoreWriter>().Followers = [.. services.GetServices<IStoreFollower>()];
        }
    }

    private static void UsePipeline(WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseProblems();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAudit();
        app.UseAuthorization();
        app.UseFormGuard();
    }

    /// <summary>The policy's name says what differs from the default, because results carry the name alone.</summary>
    private static AppraisalPolicy PolicyOf(VerifierOptions options)
    {
        AppraisalPolicy standard = AppraisalPolicy.Default;
        bool isStandard = options.AttestEvery == standard.AttestEvery && options.SilenceGrace == standard.SilenceGrace;
        string id = isStandard ? standard.Id : FormattableString.Invariant($"urn:iotattest:policy:every-{options.AttestEvery.TotalSeconds}s-grace-{options.SilenceGrace.TotalSeconds}s:v1");
        return new AppraisalPolicy(id, options.AttestEvery, options.SilenceGrace);
    }
}
