{#- Sites that people are sent to and come back from: they pay, log in or confirm who they are there. -#}

{% macro return_hosts() %}
    {#- [domains, with their subdomains]. An entry that ends with a dot is the first label of any host (digits after it are no
        matter): checkout.example.com. -#}
    {% set hosts %}
    [
        "checkout.", "pay.", "payment.", "payments.", "acs.", "3ds.", "3dss.", "3dsecure.", "ideal.",
        "login.", "signin.", "sso.", "auth.", "idp.", "adfs.", "accounts.", "shibboleth.",

        "buy.stripe.com", "billing.stripe.com", "hooks.stripe.com", "invoice.stripe.com", "connect.stripe.com", "js.stripe.com",
        "link.com", "paypal.com", "paypal.me", "venmo.com", "klarna.com", "klarnapayments.com", "adyen.com", "adyenpayments.com",
        "mollie.com", "sofort.com", "sofortueberweisung.de", "ideal.nl", "betalen.rabobank.nl", "bankieren.rabobank.nl",
        "diensten.asnbank.nl", "bankieren.triodos.nl", "bancontact.com", "bancontact.girogate.be", "payconiq.com", "giropay.de",
        "paydirekt.de", "stuzza.at", "eps-ueberweisung.at", "przelewy24.pl", "tpay.com", "dotpay.pl", "payu.com", "payu.pl",
        "payu.in", "blikmobile.pl", "paynow.pl", "trustly.com", "swish.nu", "vipps.no", "vippsmobilepay.com", "mobilepay.dk",
        "dibspayment.com", "dibspayment.eu", "nets.eu", "quickpay.net", "paytrail.com", "svea.com", "qliro.com", "walleypay.com",
        "ogone.com", "v-psp.com", "worldline-solutions.com", "sips-services.com", "saferpay.com", "datatrans.com", "datatrans.biz",
        "twint.ch", "unzer.com", "heidelpay.com", "heidelpay.de", "computop-paygate.com", "pay1.de", "payone.com", "wirecard.com",
        "payplug.com", "payzen.eu", "systempay.fr", "monetico-services.com", "paybox.com", "redsys.es", "nexi.it",
        "nexigroup.com", "satispay.com", "multisafepay.com", "buckaroo.nl", "pay.nl", "gopay.com", "gopay.cz", "comgate.cz",
        "gpwebpay.com", "barion.com", "simplepay.hu", "montonio.com", "paysera.com", "worldpay.com", "sagepay.com", "opayo.co.uk",
        "elavon.com", "realexpayments.com", "globalpay.com", "globaliris.com", "epdq.co.uk", "gocardless.com", "braintreegateway.com",
        "authorize.net", "squareup.com", "square.site", "cash.app", "apay-us.amazon.com", "amazonpay.com", "afterpay.com",
        "afterpay.nl", "riverty.com", "clearpay.co.uk", "affirm.com", "sezzle.com", "zip.co", "quadpay.com", "ratepay.com",
        "scalapay.com", "getalma.eu", "oney.fr", "tamara.co", "tabby.ai", "paytm.in", "paytm.com", "razorpay.com", "phonepe.com",
        "ccavenue.com", "billdesk.com", "cashfree.com", "payfast.co.za", "paystack.com", "flutterwave.com", "mercadopago.com",
        "mercadopago.com.br", "mercadopago.com.ar", "mercadopago.com.mx", "mercadopago.com.co", "mercadopago.cl", "pagseguro.uol.com.br",
        "alipay.com", "95516.com", "unionpay.com", "yookassa.ru", "yoomoney.ru", "robokassa.ru", "securepay.tinkoff.ru",
        "iyzipay.com", "paytr.com", "2checkout.com", "2co.com", "paddle.com", "fastspring.com", "onfastspring.com",
        "lemonsqueezy.com", "chargebee.com", "recurly.com", "checkout.com", "cybersource.com", "bluesnap.com", "rapyd.net",
        "safecharge.com", "nuvei.com", "skrill.com", "neteller.com", "paysafecard.com", "paysafe.com", "commerce.coinbase.com", "bitpay.com",

        "cardinalcommerce.com", "arcot.com", "wlp-acs.com", "rsa3dsauth.com", "rsa3dsauth.co.uk", "securesuite.net", "securesuite.co.uk",
        "verifiedbyvisa.com", "securecode.com", "touchtechpayments.com", "3dsecure.no", "modirum.com", "gateway.netcetera.com",

        "microsoftonline.com", "microsoftonline.us", "microsoftonline-p.com", "b2clogin.com", "ciamlogin.com", "appleid.apple.com",
        "idmsa.apple.com", "myaccount.google.com", "auth0.com", "okta.com", "oktapreview.com", "okta-emea.com", "onelogin.com",
        "pingidentity.com", "pingone.com", "pingone.eu", "duosecurity.com", "amazoncognito.com", "accounts.dev", "workos.com",
        "authkit.app", "stytch.com", "kinde.com", "frontegg.com", "fusionauth.io", "id.me", "login.gov", "itsme-id.com",
        "bankid.com", "signicat.com", "criipto.id", "franceconnect.gouv.fr", "mitid.dk", "nemlog-in.dk", "digid.nl",
        "passport.yandex.ru", "oauth.yandex.ru", "id.vk.com", "oauth.vk.com", "kauth.kakao.com", "nid.naver.com", "access.line.me",
        "open.weixin.qq.com", "api.twitter.com", "id.twitch.tv"
    ]
    {% endset %}
    {{ return(fromjson(hosts)) }}
{% endmacro %}

{% macro hosting_domains() %}
    {#- Domains under which strangers have sites of their own, so that they are no site's parent. -#}
    {{ return([
        'github.io', 'gitlab.io', 'netlify.app', 'vercel.app', 'pages.dev', 'workers.dev', 'web.app', 'firebaseapp.com', 'appspot.com',
        'herokuapp.com', 'fly.dev', 'onrender.com', 'render.com', 'surge.sh', 'glitch.me', 'replit.app', 'repl.co', 'azurewebsites.net',
        'azurestaticapps.net', 'cloudfront.net', 'amazonaws.com', 'amplifyapp.com', 'myshopify.com', 'wordpress.com', 'blogspot.com',
        'tumblr.com', 'medium.com', 'substack.com', 'ghost.io', 'beehiiv.com', 'wixsite.com', 'squarespace.com', 'webflow.io', 'weebly.com',
        'jimdosite.com', 'jimdo.com', 'strikingly.com', 'carrd.co', 'notion.site', 'framer.website', 'framer.app', 'bubbleapps.io',
        'streamlit.app', 'hf.space', 'lovable.app', 'typepad.com', 'livejournal.com', 'over-blog.com', 'hatenablog.com', 'itch.io', 'bandcamp.com',
        'gumroad.com', 'readthedocs.io', 'gitbook.io', 'google.com', 'zendesk.com', 'atlassian.net']) }}
{% endmacro %}

{% macro is_return_host(host) -%}
    {#- SQL: whether people come back from the host, by the list and the var extra_return_hosts. The domains that a host lies under
        are cut out by their number of labels, so that each is looked up in a list. -#}
    {%- set first_labels, by_length = [], {} -%}
    {%- for entry in return_hosts() + var('extra_return_hosts') -%}
        {%- if entry.endswith('.') -%}
            {%- do first_labels.append(quoted(entry[:-1] | lower)) -%}
        {%- else -%}
            {%- do by_length.setdefault(entry.count('.') + 1, []).append(quoted(entry | lower)) -%}
        {%- endif -%}
    {%- endfor -%}
    coalesce(
        ({{ host }} like '%.%.%' and rtrim(split_part({{ host }}, '.', 1), '0123456789') in ({{ first_labels | join(', ') }}))
        {%- for length, domains in by_length.items() %}
        or {% if length == 1 %}{{ host }}{% else %}concat_ws('.'
            {%- for label in range(length, 0, -1) %}, split_part({{ host }}, '.', -{{ label }}){% endfor %}){% endif %} in (
            {{- domains | unique | join(', ') }})
        {%- endfor %}, false)
{%- endmacro %}
